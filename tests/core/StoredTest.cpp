// SPDX-License-Identifier: Apache-2.0
#include "core/labels/Stored.h"

#include "core/labels/TileRef.h"

#include <QtTest>

using namespace emend;

namespace {

size_t bytesHeld = 0;

template <typename T>
struct CountingAllocator
{
    using value_type = T;

    CountingAllocator() = default;

    template <typename U>
    CountingAllocator(const CountingAllocator<U>&)
    {
    }

    T* allocate(size_t count)
    {
        bytesHeld += count * sizeof(T);
        return std::allocator<T>().allocate(count);
    }

    void deallocate(T* memory, size_t count)
    {
        bytesHeld -= count * sizeof(T);
        std::allocator<T>().deallocate(memory, count);
    }

    bool operator==(const CountingAllocator&) const = default;
};

std::shared_ptr<const LabelTile> countedTile()
{
    return std::allocate_shared<LabelTile>(CountingAllocator<LabelTile>());
}

class ForgetfulVault : public Vault<LabelTile>
{
public:
    std::shared_ptr<const LabelTile> load(qint64) override { return countedTile(); }
};

} // namespace

class StoredTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    // Walking once through a large project must not bring all of it into memory.
    void whatWasFetchedLeavesMemoryWhenNobodyUsesIt()
    {
        const Stored<LabelTile> tile(std::make_shared<ForgetfulVault>(), 1);
        {
            const auto labels = tile.value();
            QVERIFY(labels && bytesHeld >= sizeof(LabelTile));
        }
        QCOMPARE(bytesHeld, size_t(0));
    }

    void whatTheVaultHasLeavesMemory()
    {
        Stored<LabelTile> tile(countedTile());
        QVERIFY(bytesHeld >= sizeof(LabelTile));
        tile.moveTo(std::make_shared<ForgetfulVault>(), 1);
        QCOMPARE(bytesHeld, size_t(0));
        QVERIFY(tile.value());
    }
};

QTEST_GUILESS_MAIN(StoredTest)
#include "StoredTest.moc"

// SPDX-License-Identifier: Apache-2.0
#include "models/slices/MembranePolarity.h"

#include "core/io/StackReader.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/SharedData.h"

#include <QTest>

#include <cmath>

using namespace emend;

namespace {

template <typename Change>
std::shared_ptr<const ImageStack> changed(const ImageStack& stack, Change change)
{
    std::vector<std::vector<quint16>> slices;
    const int maximum = (1 << stack.info().bitsPerPixel) - 1;
    for (int z = 0; z < stack.size().slices; ++z) {
        std::vector<quint16> pixels = stack.read(z, stack.size().sliceRect()).pixels;
        for (quint16& pixel : pixels)
            pixel = quint16(std::lround(change(double(pixel) / maximum) * maximum));
        slices.push_back(std::move(pixels));
    }
    return makeMemoryStack(stack.info(), slices);
}

std::shared_ptr<const ImageStack> inverted(const ImageStack& stack)
{
    return changed(stack, [](double grey) { return 1 - grey; });
}

std::shared_ptr<const ImageStack> bent(const ImageStack& stack, double gamma)
{
    return changed(stack, [gamma](double grey) { return std::pow(grey, gamma); });
}

} // namespace

class MembranePolarityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void drawnSectionsHaveDarkMembranes()
    {
        const auto stack = DrawnStack::sections(256, 3).stack();
        QVERIFY(!hasBrightMembranes(*stack, {}));
        QVERIFY(hasBrightMembranes(*inverted(*stack), {}));
    }

    void anEmptyStackIsTakenAsItIs()
    {
        const auto stack =
            makeMemoryStack({.size = {64, 64, 1}}, {std::vector<quint16>(64 * 64, 100)});
        QVERIFY(!hasBrightMembranes(*stack, {}));
    }

    void realSectionsHaveDarkMembranes_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<double>("scale");
        QTest::newRow("ISBI") << QStringLiteral("isbi2012/train-volume.tif") << 1.0;
        QTest::newRow("VNC") << QStringLiteral("vnc/raw-00-04.tif") << 1.0;
        QTest::newRow("medulla") << QStringLiteral("medulla/raw.tif") << 0.4;
    }

    void realSectionsHaveDarkMembranes()
    {
        QFETCH(QString, file);
        QFETCH(double, scale);
        if (sharedData(file).isEmpty())
            QSKIP("The stack is not here.");
        const auto stack = StackReader::open(sharedData(file));
        QVERIFY(!hasBrightMembranes(*stack, {scale, scale}));
        QVERIFY(hasBrightMembranes(*inverted(*stack), {scale, scale}));
        for (const double gamma : {0.5, 2.0}) {
            const auto other = bent(*stack, gamma);
            QVERIFY(!hasBrightMembranes(*other, {scale, scale}));
            QVERIFY(hasBrightMembranes(*inverted(*other), {scale, scale}));
        }
    }
};

QTEST_GUILESS_MAIN(MembranePolarityTest)
#include "MembranePolarityTest.moc"

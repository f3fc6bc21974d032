// SPDX-License-Identifier: Apache-2.0
#include "core/Error.h"
#include "core/io/TiffStackWriter.h"
#include "core/jobs/Job.h"
#include "tests/support/NoisyTiff.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>

using namespace emend;

namespace {

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

/// Until the new file is whole and checked, the old one stands.
class TiffCommitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void oldFileStandsUntilCommit();
    void missingPagesAreNoFile();
    void fullDiskLeavesTheOldFile();
    void damageOnTheDiskIsNoticed();
    void cancelWhileCheckingLeavesNothing();

private:
    QStringList files() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TiffCommitTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_path = m_folder->filePath(QStringLiteral("stack.tif"));
}

void TiffCommitTest::oldFileStandsUntilCommit()
{
    put(m_path, "old");
    const TiffStackWriter::Layout layout{.size = {64, 64, 2}};
    const auto pages = noisyPages(layout);
    {
        TiffStackWriter writer(m_path, layout);
        writer.addPage(pages[0].constData());
        QCOMPARE(contentOf(m_path), "old");
    }
    QCOMPARE(contentOf(m_path), "old");
    QCOMPARE(files().size(), 1);

    TiffStackWriter writer(m_path, layout);
    for (const QByteArray& page : pages)
        writer.addPage(page.constData());
    JobContext nobody;
    writer.finish(nobody);
    QCOMPARE(contentOf(m_path), "old");
    writer.commit();
    QVERIFY(contentOf(m_path) != "old");
    QCOMPARE(files().size(), 1);
}

void TiffCommitTest::missingPagesAreNoFile()
{
    const TiffStackWriter::Layout layout{.size = {64, 64, 3}};
    {
        TiffStackWriter writer(m_path, layout);
        const auto pages = noisyPages(layout);
        writer.addPage(pages[0].constData());
        writer.addRows(pages[1].constData(), 30);
        QVERIFY_EXCEPTION_THROWN(writer.commit(), Error);
    }
    QVERIFY(files().isEmpty());
}

void TiffCommitTest::fullDiskLeavesTheOldFile()
{
    put(m_path, "old");
    const TiffStackWriter::Layout layout{.size = {500, 500, 4}};
    const auto pages = noisyPages(layout);
    rlimit previous = {};
    getrlimit(RLIMIT_FSIZE, &previous);
    const auto previousHandler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {600'000, previous.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    QString text;
    try {
        writePages(m_path, layout, pages);
    } catch (const Error& error) {
        text = error.text();
    }
    setrlimit(RLIMIT_FSIZE, &previous);
    std::signal(SIGXFSZ, previousHandler);
    QVERIFY2(text.contains(m_path) && text.contains(QStringLiteral("disk")), qPrintable(text));
    QCOMPARE(contentOf(m_path), "old");
    QCOMPARE(files().size(), 1);
}

void TiffCommitTest::damageOnTheDiskIsNoticed()
{
    put(m_path, "old");
    const TiffStackWriter::Layout layout{.size = {200, 200, 2}, .compress = false};
    {
        TiffStackWriter writer(m_path, layout);
        for (const QByteArray& page : noisyPages(layout))
            writer.addPage(page.constData());
        QFile temporary(m_folder->filePath(
            files().filter(QRegularExpression(QStringLiteral("^\\..*part$"))).value(0)));
        QVERIFY(temporary.open(QIODevice::ReadWrite));
        QVERIFY(temporary.seek(10'000)); // among the pixels of the first page
        char byte = 0;
        QVERIFY(temporary.peek(&byte, 1) == 1);
        byte = char(byte ^ 4);
        QVERIFY(temporary.write(&byte, 1) == 1 && temporary.flush());
        QVERIFY_EXCEPTION_THROWN(writer.commit(), Error);
    }
    QCOMPARE(contentOf(m_path), "old");
    QCOMPARE(files().size(), 1);
}

void TiffCommitTest::cancelWhileCheckingLeavesNothing()
{
    const TiffStackWriter::Layout layout{.size = {64, 64, 3}};
    std::stop_source stop;
    JobContext job(stop.get_token(), [&](double, const QString&) { stop.request_stop(); });
    {
        TiffStackWriter writer(m_path, layout);
        for (const QByteArray& page : noisyPages(layout))
            writer.addPage(page.constData());
        QVERIFY_EXCEPTION_THROWN(writer.finish(job), Cancelled);
    }
    QVERIFY(files().isEmpty());
}

QTEST_GUILESS_MAIN(TiffCommitTest)
#include "TiffCommitTest.moc"

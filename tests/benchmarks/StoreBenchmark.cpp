// SPDX-License-Identifier: Apache-2.0
// Makes a project of 4096 x 4096 x 1000 labelled pixels, then opens, paints and exports it, each in
// a fresh process. Prints how long it takes until a stroke is on the disk, beside a plain write and
// fsync of as many bytes; what the file holds besides the labels; and the highest memory use.
//
// StoreBenchmark [SECTIONS [FOLDER]]    1000 sections need 3 GB and some minutes
#include "core/io/TiffExporter.h"
#include "core/jobs/Job.h"
#include "core/project/EditHistory.h"
#include "core/project/LabelPainter.h"
#include "core/project/Project.h"
#include "core/store/ProjectStore.h"
#include "tests/benchmarks/NeuriteLabels.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

using namespace emend;

namespace {

constexpr int sectionsToExport = 25; ///< and four times as many
constexpr int pairs = 1000;

/// The first number after `name` in a file of /proc.
double numberIn(const char* path, const char* name)
{
    QFile file(QString::fromLatin1(path));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith(name))
            return line.mid(line.indexOf(':') + 1).simplified().split(' ').first().toDouble();
    return 0;
}

double highestMemoryMb()
{
    return numberIn("/proc/self/status", "VmHWM") / 1024;
}

qint64 bytesWritten()
{
    return qint64(numberIn("/proc/self/io", "wchar"));
}

double milliseconds(const QElapsedTimer& timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

/// Of this thread; what other programs take of the processor does not count.
double processorMilliseconds()
{
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[size_t(share * double(values.size() - 1))];
}

/// Grey, and nowhere: the labels are what is measured.
class NoSource : public SliceSource
{
public:
    void read(int, Rect rect, quint16* out) override { std::fill_n(out, rect.pixelCount(), 100); }
};

/// A project file with work going on in it, as the Session has it.
class OpenProject
{
public:
    explicit OpenProject(const QString& path)
        : m_store(path, ProjectStore::Mode::edit)
    {
        const ProjectContents contents = m_store.takeContents();
        StackInfo info;
        info.size = contents.source.size;
        m_project = std::make_unique<Project>(
            std::make_shared<ImageStack>(info, std::make_unique<NoSource>()), contents);
        m_history = std::make_unique<EditHistory>(*m_project);
        m_history->keepIn(m_store, contents.steps, contents.position);
    }

    ProjectStore& store() { return m_store; }

    Project& project() { return *m_project; }

    EditHistory& history() { return *m_history; }

private:
    ProjectStore m_store;
    std::unique_ptr<Project> m_project;
    std::unique_ptr<EditHistory> m_history;
};

void makeProject(const QString& path, int sections)
{
    SourceRecord source;
    source.size = {NeuriteLabels::sidePx, NeuriteLabels::sidePx, sections};
    ProjectFile::create(path, source, ClassTable::membraneAndInside());
    const NeuriteLabels neurites;
    QElapsedTimer timer;
    timer.start();
    OpenProject open(path);
    for (int z = 0; z < sections; ++z) {
        open.history().perform(neurites.edit(open.project().labels(), z),
                               QStringLiteral("prediction"));
        open.store().flush();
        QCoreApplication::processEvents();
    }
    std::printf("made %d sections, %.0f ms a section, highest memory %.0f MB\n", sections,
                milliseconds(timer) / sections, highestMemoryMb());
}

void printSize(const QString& path)
{
    Database database(path, Database::Access::readOnly);
    const auto payload = double(database.number("SELECT sum(length(data)) FROM tile"));
    const auto tiles = double(database.number("SELECT count(*) FROM tile"));
    const auto file = double(QFileInfo(path).size());
    std::printf("file %.0f MB, tiles %.0f MB (%.0f bytes a tile): %.3f times its payload "
                "(goal 1.25)\n",
                file / 1e6, payload / 1e6, payload / tiles, file / payload);
}

LabelEdit drawnStroke(Project& project, int z, std::mt19937& random)
{
    const auto draw = [&random](int from, int to) {
        return from + int(random() % unsigned(to - from));
    };
    const Label label(draw(1, 3), LabelState::corrected);
    LabelPainter painter(project, z);
    Pixel from{draw(300, NeuriteLabels::sidePx - 300), draw(300, NeuriteLabels::sidePx - 300)};
    for (int i = 0; i < 12; ++i) {
        const Pixel to{from.x + draw(-25, 26), from.y + draw(-25, 26)};
        painter.line(from, to, 5, label);
        from = to;
    }
    return painter.finish();
}

/// Until the first slice is there and a stroke on it is on the disk. The process is fresh.
void paintFirstStroke(OpenProject& open, const QElapsedTimer& sinceStart, const char* how)
{
    const double opened = milliseconds(sinceStart);
    const LabelVolume& labels = open.project().labels();
    std::vector<Label> slice(size_t(labels.size().pixelsPerSlice()));
    const int z = labels.size().slices / 2;
    labels.read(z, labels.size().sliceRect(), slice.data());
    const double read = milliseconds(sinceStart);
    std::mt19937 random(unsigned(open.history().count()) + 7);
    open.history().record(drawnStroke(open.project(), z, random), QStringLiteral("stroke"));
    open.store().flush();
    std::printf("opened %s: after %.0f ms, first slice after %.0f ms, first stroke on the disk "
                "after %.0f ms (goal 2000), highest memory %.0f MB (goal 1024)\n",
                how, opened, read, milliseconds(sinceStart), highestMemoryMb());
}

/// Writes as the project's log grows: at its end, and from its beginning again after 16 MB.
class PlainFile
{
public:
    explicit PlainFile(const QString& path)
        : m_path(path)
        , m_file(::open(QFile::encodeName(path).constData(), O_CREAT | O_WRONLY, 0600))
    {
    }

    ~PlainFile()
    {
        ::close(m_file);
        QFile::remove(m_path);
    }

    bool write(qint64 bytes)
    {
        const std::vector<char> data(size_t(bytes), 'e');
        m_end = m_end > 16 << 20 ? 0 : m_end;
        const bool isWritten = ::pwrite(m_file, data.data(), data.size(), m_end) == bytes;
        m_end += bytes;
        return isWritten && ::fsync(m_file) == 0;
    }

private:
    QString m_path;
    int m_file;
    qint64 m_end = 0;
};

void printRatio(const char* what, const std::vector<double>& times,
                const std::vector<double>& plainTimes, double share, double goal)
{
    const double time = percentile(times, share);
    const double plain = percentile(plainTimes, share);
    std::printf("  %s: %.2f ms, plain write and fsync %.2f ms: %.2f times (goal %.1f)\n", what,
                time, plain, time / plain, goal);
}

void measureStrokes(OpenProject& open)
{
    PlainFile file(open.store().path() + QStringLiteral(".plain"));
    std::mt19937 random(unsigned(open.history().count())); // other strokes than the last time
    std::vector<double> durable;
    std::vector<double> recorded;
    std::vector<double> worked;
    std::vector<double> plain;
    qint64 allBytes = 0;
    for (int i = 0; i < pairs; ++i) {
        LabelEdit edit = drawnStroke(open.project(), i % open.project().size().slices, random);
        const qint64 before = bytesWritten();
        const double workedBefore = processorMilliseconds();
        QElapsedTimer timer;
        timer.start();
        open.history().record(std::move(edit), QStringLiteral("stroke"));
        recorded.push_back(milliseconds(timer));
        worked.push_back(processorMilliseconds() - workedBefore);
        open.store().flush();
        durable.push_back(milliseconds(timer));
        const qint64 bytes = bytesWritten() - before;
        allBytes += bytes;
        timer.start();
        if (!file.write(bytes))
            std::printf("the plain file could not be written\n");
        plain.push_back(milliseconds(timer));
        QCoreApplication::processEvents();
    }
    std::printf("%d strokes of %.0f kB, each on the disk before the next:\n", pairs,
                double(allBytes) / pairs / 1e3);
    printRatio("median", durable, plain, 0.5, 2.5);
    printRatio("99 %", durable, plain, 0.99, 10);
    std::printf("  the window's part: median %.3f ms, 99 %% %.3f ms, longest %.3f ms (goal 2); "
                "of the processor: 99 %% %.3f ms, longest %.3f ms\n",
                percentile(recorded, 0.5), percentile(recorded, 0.99), percentile(recorded, 1),
                percentile(worked, 0.99), percentile(worked, 1));
}

void exportMasks(const QString& path, int sections)
{
    QElapsedTimer timer;
    timer.start();
    OpenProject open(path);
    const LabelVolume& all = open.project().labels();
    LabelVolume part({all.size().width, all.size().height, sections});
    for (int z = 0; z < sections; ++z)
        for (const TileKey key : all.touchedTiles(z))
            part.setTile(key, all.tile(key));
    const double before = highestMemoryMb();
    JobContext job;
    const QString base = QFileInfo(path).path() + QStringLiteral("/masks.tif");
    const QStringList written =
        TiffExporter({4, 4, 50}).exportMasks(part, open.project().classes(), base, job);
    for (const QString& one : written)
        QFile::remove(one);
    std::printf("exported %d sections in %.0f s, highest memory %.0f MB (%.0f MB before)\n",
                sections, milliseconds(timer) / 1e3, highestMemoryMb(), before);
}

void runFresh(const QStringList& arguments)
{
    std::fflush(stdout);
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QCoreApplication::applicationFilePath(), arguments);
    process.waitForFinished(-1);
}

/// Out of the system's memory, as after a night.
void forget(const QString& path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY);
    ::fsync(file);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
}

void measureAll(const QString& folder, int sections)
{
    const QString path = folder + QStringLiteral("/large.emend");
    runFresh({QStringLiteral("make"), path, QString::number(sections)});
    printSize(path);
    forget(path);
    runFresh({QStringLiteral("open"), path});
    runFresh({QStringLiteral("paint"), path});
    for (const int count : {sectionsToExport, 4 * sectionsToExport})
        runFresh({QStringLiteral("export"), path, QString::number(std::min(count, sections))});
    QFile::remove(path);
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments().mid(1);
    const QString verb = arguments.value(0);
    const QString path = arguments.value(1);
    if (verb == u"make") {
        makeProject(path, arguments.value(2).toInt());
    } else if (verb == u"open") {
        OpenProject open(path);
        paintFirstStroke(open, sinceStart, "from the disk");
    } else if (verb == u"paint") {
        OpenProject open(path);
        paintFirstStroke(open, sinceStart, "again");
        measureStrokes(open);
    } else if (verb == u"export") {
        exportMasks(path, arguments.value(2).toInt());
    } else {
        const QTemporaryDir folder;
        measureAll(path.isEmpty() ? folder.path() : path, verb.isEmpty() ? 1000 : verb.toInt());
    }
    return 0;
}

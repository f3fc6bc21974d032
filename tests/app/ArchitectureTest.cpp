// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QtTest>

namespace {

const QStringList kRooms{QStringLiteral("core"), QStringLiteral("models"),
                         QStringLiteral("widgets"), QStringLiteral("app")};
constexpr int kMostLines = 400;

QString sourcePath(const QString& file)
{
    return QStringLiteral(EMEND_SOURCE_DIR "/") + file;
}

/// Our C++ files below the folders, as paths from the root of the tree.
QStringList sourceFiles(const QStringList& folders)
{
    const QDir root(QStringLiteral(EMEND_SOURCE_DIR));
    QStringList files;
    for (const QString& folder : folders) {
        QDirIterator found(root.filePath(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                           QDir::Files, QDirIterator::Subdirectories);
        while (found.hasNext())
            files << root.relativeFilePath(found.next());
    }
    files.sort();
    return files;
}

QStringList linesOf(const QString& file)
{
    QFile source(sourcePath(file));
    if (!source.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(source.readAll()).split(QLatin1Char('\n'));
}

/// What a file may include from the house: path prefixes. The window alone sees everything.
QStringList allowedRooms(const QString& file)
{
    if (file.startsWith(QLatin1String("core/")))
        return {QStringLiteral("core/")};
    if (file.startsWith(QLatin1String("models/")))
        return {QStringLiteral("core/"), QStringLiteral("models/")};
    if (file.startsWith(QLatin1String("widgets/")))
        return {QStringLiteral("core/"), QStringLiteral("widgets/")};
    if (file.startsWith(QLatin1String("app/window/")))
        return {QStringLiteral("core/"), QStringLiteral("models/"), QStringLiteral("widgets/"),
                QStringLiteral("app/")};
    return {QStringLiteral("core/"), QStringLiteral("models/"), QStringLiteral("app/cli/"),
            QStringLiteral("app/jobs/"), QStringLiteral("app/session/")};
}

struct HeavyLibrary
{
    QRegularExpression header;
    QStringList rooms;
    bool inHeaders = false;
};

const QVector<HeavyLibrary>& heavyLibraries()
{
    static const QVector<HeavyLibrary> libraries{
        {QRegularExpression(QStringLiteral("^(torch|ATen|c10)/")),
         {QStringLiteral("models/torch/"), QStringLiteral("models/cuda/")},
         true},
        {QRegularExpression(QStringLiteral("^(torch|ATen|c10)/")), {QStringLiteral("models/")}},
        {QRegularExpression(QStringLiteral("^vtk")), {QStringLiteral("widgets/")}},
        {QRegularExpression(QStringLiteral("^(itk|tiff|sqlite3|zstd)")), {QStringLiteral("core/")}},
        {QRegularExpression(QStringLiteral("^opencv2/")),
         {QStringLiteral("core/"), QStringLiteral("models/")}},
    };
    return libraries;
}

bool startsWithOneOf(const QString& text, const QStringList& prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const QString& prefix) { return text.startsWith(prefix); });
}

/// Whether this file may include this header of a heavy library; true for all other headers.
bool mayInclude(const QString& file, const QString& header)
{
    bool isHeavy = false;
    for (const HeavyLibrary& library : heavyLibraries()) {
        if (!library.header.match(header).hasMatch())
            continue;
        isHeavy = true;
        const bool isHeader = file.endsWith(QLatin1String(".h"));
        if (startsWithOneOf(file, library.rooms) && (library.inHeaders || !isHeader))
            return true;
    }
    return !isHeavy;
}

bool isMadeByTheBuild(const QString& included)
{
    return included.endsWith(QLatin1String(".moc")) || included.startsWith(QLatin1String("moc_"));
}

/// One sentence for each include of the file that breaks a rule of the house.
QStringList offences(const QString& file, const QStringList& lines)
{
    static const QRegularExpression include(QStringLiteral(R"(^\s*#\s*include\s*([<"])([^>"]+))"));
    QStringList found;
    for (int i = 0; i < lines.size(); ++i) {
        const auto match = include.match(lines[i]);
        if (!match.hasMatch())
            continue;
        const QString header = match.captured(2);
        const bool isOurs = match.captured(1) == QLatin1String("\"");
        if (isOurs && !isMadeByTheBuild(header) && !startsWithOneOf(header, allowedRooms(file)))
            found << QStringLiteral("%1:%2: may not include %3").arg(file).arg(i + 1).arg(header);
        if (!isOurs && !mayInclude(file, header))
            found << QStringLiteral("%1:%2: no place for %3").arg(file).arg(i + 1).arg(header);
    }
    return found;
}

void verifyNone(const QStringList& complaints)
{
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(QLatin1Char('\n'))));
}

/// The shared libraries of a program of this build, one a line; empty where it is not built.
QString librariesOf(const QString& program)
{
    QProcess ldd;
    ldd.start(QStringLiteral("ldd"), {QStringLiteral(EMEND_PROGRAMS "/") + program});
    ldd.waitForFinished();
    return ldd.exitCode() == 0 ? QString::fromLocal8Bit(ldd.readAllStandardOutput()) : QString();
}

} // namespace

/// The rules of the house, read from the files themselves.
class ArchitectureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aWrongIncludeIsNamedByFileAndLine_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("upward") << "core/A.h"
                                << "#include \"app/B.h\""
                                << "core/A.h:2: may not include app/B.h";
        QTest::newRow("sideways") << "models/A.cpp"
                                  << "#include \"widgets/B.h\""
                                  << "models/A.cpp:2: may not include widgets/B.h";
        QTest::newRow("session to window") << "app/session/A.cpp"
                                           << "#include \"app/window/B.h\""
                                           << "app/session/A.cpp:2: may not include app/window/B.h";
        QTest::newRow("not from the root") << "core/A.cpp"
                                           << "#include \"A.h\""
                                           << "core/A.cpp:2: may not include A.h";
        QTest::newRow("heavy header") << "widgets/A.h"
                                      << "#include <vtkRenderer.h>"
                                      << "widgets/A.h:2: no place for vtkRenderer.h";
        QTest::newRow("torch in a header") << "models/A.h"
                                           << "#  include <torch/torch.h>"
                                           << "models/A.h:2: no place for torch/torch.h";
        QTest::newRow("wrong room") << "app/jobs/A.cpp"
                                    << "#include <opencv2/core.hpp>"
                                    << "app/jobs/A.cpp:2: no place for opencv2/core.hpp";
        QTest::newRow("downward") << "app/jobs/A.cpp"
                                  << "#include \"core/B.h\"" << QString();
        QTest::newRow("torch at home") << "models/torch/A.h"
                                       << "#include <torch/torch.h>" << QString();
        QTest::newRow("the window") << "app/window/A.cpp"
                                    << "#include \"widgets/B.h\"" << QString();
    }

    void aWrongIncludeIsNamedByFileAndLine()
    {
        QFETCH(QString, file);
        QFETCH(QString, line);
        QFETCH(QString, complaint);
        QCOMPARE(offences(file, {QStringLiteral("#pragma once"), line}).join(QString()), complaint);
    }

    void includesOnlyPointDownTheHouse()
    {
        const QStringList files = sourceFiles(kRooms);
        QVERIFY(!files.isEmpty());
        QStringList complaints;
        for (const QString& file : files)
            complaints << offences(file, linesOf(file));
        verifyNone(complaints);
    }

    void everySourceFileNamesItsLicence()
    {
        QStringList complaints;
        for (const QString& file : sourceFiles(kRooms + QStringList{QStringLiteral("tests")})) {
            if (linesOf(file).value(0) != QLatin1String("// SPDX-License-Identifier: Apache-2.0"))
                complaints << file + QStringLiteral(":1: does not begin with the SPDX line");
        }
        verifyNone(complaints);
    }

    void noFileIsTooLongToRead()
    {
        QStringList complaints;
        for (const QString& file : sourceFiles(kRooms)) {
            const int lines = linesOf(file).size() - 1;
            if (lines > kMostLines)
                complaints << QStringLiteral(
                                  "%1 has %2 lines; %3 is the most. Is there a second noun in it?")
                                  .arg(file)
                                  .arg(lines)
                                  .arg(kMostLines);
        }
        verifyNone(complaints);
    }

    void theWindowHasNoQt5BesideQt6()
    {
        const QString libraries = librariesOf(QStringLiteral("emend"));
        if (libraries.isEmpty())
            QSKIP("emend is not built");
        QVERIFY(libraries.contains(QLatin1String("libQt6Widgets")));
        QVERIFY2(!libraries.contains(QLatin1String("libQt5")), qPrintable(libraries));
    }

    void theCommandLineNeedsNoDisplayLibrary()
    {
        const QString libraries = librariesOf(QStringLiteral("emend-cli"));
        if (libraries.isEmpty())
            QSKIP("emend-cli is not built");
        QVERIFY(libraries.contains(QLatin1String("libQt6Core")));
        const QRegularExpression display(QStringLiteral(
            R"(\b(libQt6Gui|libQt6Widgets|libQt5|libX11|libxcb|libGL|libEGL|libOpenGL|libwayland|libvtk)[^ ]*)"));
        QStringList found;
        for (auto matches = display.globalMatch(libraries); matches.hasNext();)
            found << matches.next().captured(0);
        found.removeDuplicates();
        // Debian's libopencv_core needs libGLX, and with it X11: not for what a server runs.
        verifyNone(found);
    }
};

QTEST_GUILESS_MAIN(ArchitectureTest)
#include "ArchitectureTest.moc"

// SPDX-License-Identifier: Apache-2.0
// Each call of the system by which a project is made, written, copied and closed fails, one after
// the other, once and for ever: nothing that was called saved may be missing, nothing torn, and
// what could not be saved must have been said.
#include "core/store/ProjectCheck.h"
#include "tests/faults/Fault.h"
#include "tests/faults/FaultScript.h"
#include "tests/faults/ScriptedWork.h"
#include "tests/support/FileBytes.h"
#include "tests/support/MemoryFolder.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

// No reserve beside the projects that are looked at: it costs more than the look.
extern "C" int posix_fallocate(int, off_t, off_t)
{
    return EOPNOTSUPP;
}

namespace {

/// What the victim said of one file.
struct Account
{
    int tried = 0;
    int saved = -1; ///< -1: it was not even made
    bool isRefused = false;
    bool isForGood = false;
};

struct Run
{
    QMap<QString, Account> files;
    QMap<char, int> calls;
    VictimReport report;
    QString trouble; ///< it crashed, hung, or did not speak in sentences
};

void take(Run& run, const QString& line)
{
    const QString name = line.section(u' ', 0, 0);
    const QString word = line.section(u' ', 1, 1);
    const QString rest = line.section(u' ', 2);
    if (name == QStringLiteral("calls")) {
        run.calls[word.at(0).toLatin1()] = rest.toInt();
        return;
    }
    Account& account = run.files[name];
    if (word == QStringLiteral("tried")) {
        account.tried = rest.toInt();
    } else if (word == QStringLiteral("saved")) {
        account.saved = rest.toInt();
    } else if (word == QStringLiteral("refused") || word == QStringLiteral("forgood")) {
        account.isRefused = true;
        account.isForGood |= word == QStringLiteral("forgood");
        if (!isSentence(rest))
            run.trouble = QStringLiteral("no sentence for the user: ") + line;
    }
}

Run runOf(const VictimReport& report)
{
    Run run;
    run.report = report;
    run.trouble = report.trouble;
    for (const QString& line : report.lines)
        take(run, line);
    return run;
}

using Expected = std::vector<std::unique_ptr<ScriptedWork>>;

/// After 0, 1, 2, ... steps of a project that was opened anew after some.
Expected expectedStates(int reopenedAfter, int steps)
{
    Expected states;
    for (int count = 0; count <= steps; ++count) {
        states.push_back(std::make_unique<ScriptedWork>());
        for (int step = 0; step < count; ++step) {
            if (step == reopenedAfter)
                states.back()->restart();
            states.back()->doStep(step);
        }
    }
    return states;
}

} // namespace

class FaultLoopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        using namespace FaultScript;
        m_killedStates = expectedStates(killedAfter, killedSteps);
        m_freshStates = expectedStates(closedAfter, freshSteps);
        const QString path = m_killed.filePath(QStringLiteral("living.emend"));
        ScriptedWork::create(path);
        ProjectStore store(path, ProjectStore::Mode::edit);
        ScriptedWork work(store);
        for (int step = 0; step < killedAfter; ++step)
            work.doStep(step);
        QVERIFY(store.flush());
        m_killedFile = bytesOfFile(path);
        m_killedLog = bytesOfFile(path + QStringLiteral("-wal"));
        QVERIFY(!m_killedLog.isEmpty());
    }

    void withoutAFaultAllIsSaved()
    {
        const Run run = tryFault({});
        QCOMPARE(m_troubles, 0);
        QCOMPARE(run.files[FaultScript::killed].saved, FaultScript::killedSteps);
        QCOMPARE(run.files[FaultScript::fresh].saved, FaultScript::freshSteps);
        QCOMPARE(run.files[FaultScript::copy].saved, FaultScript::closedAfter);
        QCOMPARE(run.files[FaultScript::replaced].saved, 1);
        m_calls = run.calls;
        QVERIFY(m_calls.size() == 7);
    }

    void noFaultTakesWhatWasSaved()
    {
        std::vector<Fault> faults = allFaults();
        const size_t all = faults.size();
        std::shuffle(faults.begin(), faults.end(), std::mt19937(31));
        faults.resize(std::min(all, size_t(faultCount(400, 1 << 30))));
        int hit = 0;
        int told = 0;
        for (const Fault& fault : faults) {
            const Run run = tryFault(fault);
            hit += run.calls[fault.kinds.at(0)] >= fault.number;
            told += std::any_of(run.files.begin(), run.files.end(),
                                [](const Account& account) { return account.isRefused; });
        }
        QCOMPARE(m_troubles, 0);
        qInfo("%zu of %zu fault points (%d were reached, %d told to the user): 0 crashes, 0 lost, "
              "0 torn, 0 silent",
              faults.size(), all, hit, told);
        QVERIFY(hit > int(faults.size() * 9 / 10));
        QVERIFY(told > int(faults.size() / 4));
    }

private:
    /// Every call of every kind in every way.
    std::vector<Fault> allFaults() const
    {
        using How = Fault::How;
        std::vector<Fault> faults;
        for (const auto [kind, count] : m_calls.asKeyValueRange()) {
            const QByteArray kinds(1, kind);
            for (int number = 1; number <= count; ++number) {
                for (const int error : {EIO, ENOSPC, EDQUOT, EROFS})
                    for (const How how : {How::once, How::forever})
                        faults.push_back({kinds, number, error, how});
                faults.push_back({kinds, number, EINTR, How::once});
                if (kind == 'w') {
                    faults.push_back({kinds, number, 0, How::shortOnce});
                    faults.push_back({kinds, number, ENOSPC, How::filling});
                }
            }
        }
        return faults;
    }

    /// A victim works in a folder of its own; what is wrong there afterwards is counted and told.
    Run tryFault(const Fault& fault)
    {
        const MemoryFolder folder;
        prepare(folder);
        const bool isFull = fault.error == ENOSPC || fault.error == EDQUOT;
        const bool isMended = isFull && fault.how != Fault::How::once;
        const QStringList arguments{folder.path(), isMended ? QStringLiteral("mend") : QString()};
        const Run run = runOf(runVictim(arguments, fault, folder.path()));
        QStringList troubles{run.trouble, leftovers(folder.path(), fault)};
        troubles << lookAround(folder, run, isMended);
        if (isMended && fault.kinds == "w" && isForGood(run))
            troubles << QStringLiteral("a full disk was taken for a broken one");
        troubles.removeAll(QString());
        if (troubles.isEmpty())
            return run;
        ++m_troubles;
        qWarning("%s: %s. It said:\n%s", qPrintable(fault.toString()),
                 qPrintable(troubles.join(QStringLiteral(", "))),
                 qPrintable(run.report.lines.join(u'\n')));
        return run;
    }

    void prepare(const MemoryFolder& folder) const
    {
        const QString path = folder.filePath(FaultScript::killed);
        saveBytes(path, m_killedFile);
        saveBytes(path + QStringLiteral("-wal"), m_killedLog);
        saveBytes(folder.filePath(FaultScript::replaced), FaultScript::oldContent);
    }

    QStringList lookAround(const MemoryFolder& folder, const Run& run, bool isMended) const
    {
        using namespace FaultScript;
        Account ofKilled = run.files[killed];
        ofKilled.saved = std::max(ofKilled.saved, killedAfter);
        ofKilled.tried = std::max(ofKilled.tried, killedAfter);
        Account ofCopy = run.files[copy];
        ofCopy.tried = closedAfter;
        if (QFile::exists(folder.filePath(copy)))
            ofCopy.saved = closedAfter; // whole or not there, even where it was refused
        try {
            return {lookAt(folder.filePath(killed), m_killedStates, ofKilled, isMended),
                    lookAt(folder.filePath(fresh), m_freshStates, run.files[fresh], isMended),
                    lookAt(folder.filePath(copy), m_freshStates, ofCopy, isMended),
                    lookAtReplaced(folder.filePath(replaced), run.files[replaced])};
        } catch (const Error& error) {
            return {QStringLiteral("it cannot be opened any more: ") + error.text()};
        }
    }

    static bool isForGood(const Run& run)
    {
        return std::ranges::any_of(run.files, &Account::isForGood);
    }

    /// Temporary files that nobody would ever remove.
    static QString leftovers(const QString& folder, const Fault& fault)
    {
        const QStringList left =
            QDir(folder).entryList({QStringLiteral(".*.part*")}, QDir::Files | QDir::Hidden);
        const bool couldBeRemoved = !fault.kinds.contains('u');
        return couldBeRemoved && !left.isEmpty() ? QStringLiteral("it leaves ") + left.join(u' ')
                                                 : QString();
    }

    /// Empty where the project is as it must be. Throws Error where it cannot be opened.
    static QString lookAt(const QString& path, const Expected& expected, const Account& account,
                          bool isMended)
    {
        const QString name = QFileInfo(path).fileName();
        if (!QFile::exists(path))
            return account.saved < 0 ? QString() : name + QStringLiteral(" is gone");
        int found = std::max(0, account.saved);
        {
            ProjectStore store(path, ProjectStore::Mode::edit);
            const ScriptedWork work(store);
            while (found <= account.tried && !work.looksLike(*expected[size_t(found)]))
                ++found;
        }
        JobContext job;
        if (!checkProject(path, job).isSound())
            return name + QStringLiteral(" is damaged");
        if (QFile::exists(path + QStringLiteral("-wal")))
            return name + QStringLiteral(" still has its log");
        if (found > account.tried)
            return QStringLiteral("%1: step %2 was saved, and what is there is neither that nor "
                                  "later")
                .arg(name)
                .arg(account.saved);
        const bool isWhole = found == account.tried;
        if (!isWhole && !account.isRefused)
            return name + QStringLiteral(" lost a step, and nothing was said");
        if (!isWhole && isMended && !account.isForGood)
            return name + QStringLiteral(" was not saved when there was room again");
        return {};
    }

    static QString lookAtReplaced(const QString& path, const Account& account)
    {
        const QByteArray content = bytesOfFile(path);
        const bool isNew = content == FaultScript::newContent;
        const bool isOld = content == FaultScript::oldContent;
        if (account.saved == 1 ? !isNew : !isNew && !isOld)
            return QStringLiteral("the file that was replaced is neither old nor new");
        if (!isNew && !account.isRefused)
            return QStringLiteral("the file was not replaced, and nothing was said");
        return {};
    }

    QTemporaryDir m_killed;
    QByteArray m_killedFile;
    QByteArray m_killedLog;
    Expected m_killedStates;
    Expected m_freshStates;
    QMap<char, int> m_calls;
    int m_troubles = 0;
};

QTEST_GUILESS_MAIN(FaultLoopTest)
#include "FaultLoopTest.moc"

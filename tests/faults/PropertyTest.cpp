// SPDX-License-Identifier: Apache-2.0
// Thousands of random sequences of commands: after each of them the project is what a model made
// of plain arrays says, also when it was closed, or its program killed, in between.
#include "core/project/EditHistory.h"
#include "core/project/LabelPainter.h"
#include "core/project/Project.h"
#include "core/store/ProjectStore.h"
#include "tests/faults/FaultCount.h"
#include "tests/faults/PlainModel.h"
#include "tests/faults/RandomCommands.h"
#include "tests/support/FileBytes.h"
#include "tests/support/MemoryFolder.h"

#include <QtTest>

using namespace emend;

// No reserve beside the projects: it costs more than all that is done to them.
extern "C" int posix_fallocate(int, off_t, off_t)
{
    return EOPNOTSUPP;
}

namespace {

/// Whether a pixel is under the disk that is dragged from one pixel to another.
bool isOnLine(Pixel pixel, const Command& command)
{
    const auto square = [](qint64 value) {
        return value * value;
    };
    const auto distanceSquared = [&](Pixel other) {
        return square(pixel.x - other.x) + square(pixel.y - other.y);
    };
    const qint64 radius = square(command.radiusPx);
    if (distanceSquared(command.from) <= radius || distanceSquared(command.to) <= radius)
        return true;
    const qint64 dx = command.to.x - command.from.x;
    const qint64 dy = command.to.y - command.from.y;
    const qint64 x = pixel.x - command.from.x;
    const qint64 y = pixel.y - command.from.y;
    const qint64 along = x * dx + y * dy;
    const qint64 length = square(dx) + square(dy);
    return length > 0 && along >= 0 && along <= length &&
           square(x * dy - y * dx) <= radius * length;
}

bool isInRectangle(Pixel pixel, const Command& command)
{
    const auto [left, right] = std::minmax(command.from.x, command.to.x);
    const auto [top, bottom] = std::minmax(command.from.y, command.to.y);
    return pixel.x >= left && pixel.x <= right && pixel.y >= top && pixel.y <= bottom;
}

/// What a model would say: stripes of which no two predictions have the same.
int predictedClass(Pixel pixel, int pattern)
{
    return 1 + (pixel.x / 32 + pixel.y / 64 + pattern) % PlainModel::classCount;
}

std::vector<Prediction> makePredictions()
{
    constexpr VolumeSize size = PlainModel::size;
    std::vector<Prediction> predictions;
    for (int pattern = 0; pattern < PlainModel::classCount; ++pattern) {
        ProbabilityMap map{size.width, size.height, PlainModel::classCount, {}};
        for (int index = 1; index <= PlainModel::classCount; ++index)
            for (int y = 0; y < size.height; ++y)
                for (int x = 0; x < size.width; ++x)
                    map.values.push_back(predictedClass({x, y}, pattern) == index ? 0.8F : 0.1F);
        predictions.emplace_back(size, PlainModel::classCount);
        for (int z = 0; z < size.slices; ++z)
            predictions.back().setSlice(z, map);
    }
    return predictions;
}

std::shared_ptr<const ImageStack> greyStack()
{
    StackInfo info;
    info.size = PlainModel::size;
    info.name = QStringLiteral("grey");
    const std::vector<quint16> slice(size_t(info.size.pixelsPerSlice()), 100);
    return makeMemoryStack(std::move(info), {size_t(PlainModel::size.slices), slice});
}

const PlainModel::Names firstNames{QStringLiteral("one"), QStringLiteral("two"),
                                   QStringLiteral("three")};

/// The project of one sequence and its model, side by side.
class Sequence
{
public:
    explicit Sequence(const QByteArray& emptyProject)
        : m_model(firstNames)
    {
        QFile::remove(path());
        saveBytes(path(), emptyProject);
        open();
    }

    ~Sequence() { close(); }

    void execute(const Command& command)
    {
        switch (command.action) {
        case Action::disk:
        case Action::line:
        case Action::rectangle:
        case Action::fill:
            return paint(command);
        case Action::relabel:
            return relabel(command);
        case Action::predict:
            return predict(command);
        case Action::confirm:
            return confirm(command.z);
        case Action::rename:
            return rename(command);
        case Action::lock:
            return lock(command.number);
        case Action::undo:
            return undo();
        case Action::redo:
            return redo();
        case Action::reopen:
            return reopen();
        case Action::kill:
            return kill();
        }
    }

    void undo()
    {
        m_history->undo();
        m_model.undo();
    }

    void redo()
    {
        m_history->redo();
        m_model.redo();
    }

    bool canUndo() const { return m_model.canUndo(); }

    bool canRedo() const { return m_model.canRedo(); }

    void reopen()
    {
        close();
        open();
        m_model.restart();
    }

    /// The project is what the model says; else the sequence fails.
    void compare() const
    {
        RC_ASSERT(m_history->count() == m_model.steps());
        RC_ASSERT(m_history->canUndo() == m_model.canUndo());
        RC_ASSERT(m_history->canRedo() == m_model.canRedo());
        RC_ASSERT(m_history->undoText().toStdString() == m_model.undoText().toStdString());
        RC_ASSERT(m_history->redoText().toStdString() == m_model.redoText().toStdString());
        for (int index = 1; index <= PlainModel::classCount; ++index) {
            const LabelClass& one = m_project->classes().at(index);
            RC_ASSERT(one.name.toStdString() == m_model.names()[size_t(index - 1)].toStdString());
            RC_ASSERT(one.isLocked == m_model.locks()[size_t(index - 1)]);
        }
        const auto perSlice = size_t(PlainModel::size.pixelsPerSlice());
        std::vector<Label> labels(m_model.labels().size());
        for (int z = 0; z < PlainModel::size.slices; ++z)
            m_project->labels().read(z, PlainModel::size.sliceRect(),
                                     labels.data() + size_t(z) * perSlice);
        const bool haveSameLabels = PlainModel::areSame(labels, m_model.labels());
        RC_ASSERT(haveSameLabels);
    }

private:
    QString path() const { return m_folder.filePath(QStringLiteral("work.emend")); }

    void open()
    {
        m_store = std::make_unique<ProjectStore>(path(), ProjectStore::Mode::edit);
        const ProjectContents contents = m_store->takeContents();
        m_project = std::make_unique<Project>(stack(), contents);
        m_history = std::make_unique<EditHistory>(*m_project);
        m_history->keepIn(*m_store, contents.steps, contents.position);
    }

    void close()
    {
        m_history.reset();
        m_project.reset();
        m_store.reset();
    }

    /// What would be on the disk if the program were killed now is what is opened next.
    void kill()
    {
        RC_ASSERT(m_store->flush());
        const QString log = path() + QStringLiteral("-wal");
        const QByteArray file = bytesOfFile(path());
        const QByteArray unfinished = bytesOfFile(log);
        close();
        saveBytes(path(), file);
        saveBytes(log, unfinished);
        open();
        RC_ASSERT(m_store->wasRecovered() == !unfinished.isEmpty());
        m_model.restart();
    }

    void paint(const Command& command)
    {
        const QString text = QString::fromLatin1(actionNames[int(command.action)]);
        Command shape = command;
        LabelPainter painter(*m_project, command.z);
        if (command.action == Action::fill) {
            painter.fill(command.from, command.label);
            m_model.fill(command.z, command.from, command.label, text);
        } else if (command.action == Action::rectangle) {
            painter.polygon({command.from,
                             {command.to.x, command.from.y},
                             command.to,
                             {command.from.x, command.to.y}},
                            command.label);
            m_model.paint(
                command.z, [&](Pixel pixel) { return isInRectangle(pixel, command); },
                command.label, text);
        } else {
            if (command.action == Action::disk)
                shape.to = shape.from;
            painter.line(shape.from, shape.to, shape.radiusPx, shape.label);
            m_model.paint(
                shape.z, [&](Pixel pixel) { return isOnLine(pixel, shape); }, shape.label, text);
        }
        m_history->record(painter.finish(), text);
    }

    void relabel(const Command& command)
    {
        const QString text = QStringLiteral("relabel");
        const auto change = [&command](Pixel, Label old) {
            return old.classIndex() == command.number ? command.label : old;
        };
        m_history->perform(
            editLabels(m_project->labels(), command.z, PlainModel::size.sliceRect(), change), text);
        m_model.edit(command.z, change, text);
    }

    void predict(const Command& command)
    {
        static const std::vector<Prediction> predictions = makePredictions();
        const QString text = QStringLiteral("prediction");
        const int pattern = command.radiusPx % PlainModel::classCount;
        if (m_model.isInGroup(command.z, command.number))
            return;
        const auto change = [pattern](Pixel pixel, Label old) {
            const bool isFixed =
                old.state() == LabelState::corrected || old.state() == LabelState::ignored;
            return isFixed ? old : Label(predictedClass(pixel, pattern), LabelState::predicted);
        };
        m_history->performInGroup(
            predictions[size_t(pattern)].toEdit(m_project->labels(), SliceRange({command.z})), text,
            quint64(command.number));
        m_model.editInGroup(command.z, change, text, command.number);
    }

    void confirm(int z)
    {
        const QString text = QStringLiteral("confirmation");
        m_history->perform(confirmSlice(m_project->labels(), z), text);
        const auto confirmed = [](Pixel, Label old) {
            return old.state() == LabelState::predicted
                       ? Label(old.classIndex(), LabelState::corrected)
                       : old;
        };
        m_model.edit(z, confirmed, text);
    }

    void rename(const Command& command)
    {
        const QString text = QStringLiteral("new name");
        const QString name = QStringLiteral("class %1").arg(command.radiusPx);
        ClassTable classes = m_project->classes();
        LabelClass one = classes.at(command.number);
        one.name = name;
        classes.set(command.number, one);
        m_history->performClasses(classes, text);
        m_model.rename(command.number, name, text);
    }

    void lock(int classIndex)
    {
        ClassTable classes = m_project->classes();
        LabelClass one = classes.at(classIndex);
        one.isLocked = !one.isLocked;
        classes.set(classIndex, one);
        m_history->performClasses(classes, QStringLiteral("no step"));
        m_model.toggleLock(classIndex);
    }

    static const std::shared_ptr<const ImageStack>& stack()
    {
        static const std::shared_ptr<const ImageStack> stack = greyStack();
        return stack;
    }

    MemoryFolder m_folder;
    PlainModel m_model;
    std::unique_ptr<ProjectStore> m_store;
    std::unique_ptr<Project> m_project;
    std::unique_ptr<EditHistory> m_history;
};

} // namespace

class PropertyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        const MemoryFolder folder;
        const QString path = folder.filePath(QStringLiteral("empty.emend"));
        SourceRecord source;
        source.absolutePath = QStringLiteral("/nowhere/grey.tif");
        source.size = PlainModel::size;
        ProjectFile::create(path, source,
                            ClassTable::named({firstNames.begin(), firstNames.end()}));
        m_emptyProject = bytesOfFile(path);
        QVERIFY(!m_emptyProject.isEmpty());
    }

    void everyCommandDoesWhatTheModelSays()
    {
        // RC_PARAMS of whoever looks for a counterexample comes first.
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS", "seed=41 max_size=50 max_success=" +
                                     QByteArray::number(faultCount(2000, 100'000)));
        const auto commands = rc::gen::container<std::vector<Command>>(
            rc::gen::resize(rc::kNominalSize, someCommand()));
        qint64 sequences = 0;
        qint64 steps = 0;
        const bool holds = rc::check("the project is what the model says", [&] {
            Sequence sequence(m_emptyProject);
            const std::vector<Command> drawn = *commands;
            for (const Command& command : drawn) {
                sequence.execute(command);
                sequence.compare();
            }
            walkBackAndForth(sequence);
            ++sequences;
            steps += qint64(drawn.size());
        });
        QVERIFY2(holds, "the smallest sequence that does something else is printed above");
        qInfo("%lld random sequences with %lld commands: each did what the model says", sequences,
              steps);
    }

private:
    /// All is undone and done again, the program started anew in between.
    static void walkBackAndForth(Sequence& sequence)
    {
        while (sequence.canUndo()) {
            sequence.undo();
            sequence.compare();
        }
        sequence.reopen();
        sequence.compare();
        while (sequence.canRedo()) {
            sequence.redo();
            sequence.compare();
        }
    }

    QByteArray m_emptyProject;
};

QTEST_GUILESS_MAIN(PropertyTest)
#include "PropertyTest.moc"

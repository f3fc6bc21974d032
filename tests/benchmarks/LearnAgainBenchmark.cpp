// SPDX-License-Identifier: Apache-2.0
// What a person waits for who corrects a little and learns, again and again, in one project:
// seconds from the click on Learn to the new model, and to the visible slice predicted again. Each
// round corrects six more places of 128 x 128 pixels, as the truth has them, two of them in the
// visible slice.
//
// LearnAgainBenchmark [STACK TRUTH CLASSES] [ROUNDS]    else the sample, 10 rounds
#include "app/session/Sample.h"
#include "app/session/Session.h"
#include "core/Error.h"
#include "core/io/StackReader.h"
#include "core/project/EditHistory.h"
#include "core/project/LabelImport.h"
#include "core/project/Project.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace emend;

namespace {

constexpr int placePx = 128; // less where the slice is smaller
constexpr int placesARound = 6;
constexpr int placesInSight = 2;

struct Truth
{
    QString stackPath = Sample::stackPath();
    QString truthPath = Sample::truthPath();
    QString classes = Sample::truthClasses();
};

class Rounds
{
public:
    explicit Rounds(const Truth& truth)
    {
        QObject::connect(&m_session, &Session::failed, [](const QString& text) {
            std::fprintf(stderr, "%s\n", qPrintable(text));
            std::_Exit(1);
        });
        openCopyOf(truth.stackPath);
        const ClassMap map = ClassMap::parse(truth.classes);
        const VolumeSize size = m_session.project()->size();
        m_truth = importLabels(*StackReader::open(truth.truthPath), size, map,
                               SliceRange::all(size.slices));
        predictAll();
    }

    void run(int round)
    {
        const VolumeSize size = m_session.project()->size();
        const auto below = [this](int count) {
            return int(m_random() % unsigned(count));
        };
        const int visible = below(size.slices);
        m_session.setVisibleSlice(visible);
        const int width = std::min(placePx, size.width);
        const int height = std::min(placePx, size.height);
        for (int i = 0; i < placesARound; ++i) {
            const Rect place{below(size.width - width + 1), below(size.height - height + 1), width,
                             height};
            correct(i < placesInSight ? visible : below(size.slices), place);
        }
        std::printf("%5d", round);
        learn();
        std::fflush(stdout);
    }

private:
    /// The project lies beside its stack.
    void openCopyOf(const QString& path)
    {
        const QString copy = m_folder.filePath(QFileInfo(path).fileName());
        QFile::copy(path, copy);
        m_session.open({copy, {}, {}, {}});
        waitUntilIdle();
    }

    void predictAll()
    {
        m_session.predict(SliceRange::all(m_session.project()->size().slices));
        waitUntilIdle();
    }

    void waitUntilIdle()
    {
        QEventLoop loop;
        QObject::connect(&m_session.jobs(), &JobRunner::idle, &loop, &QEventLoop::quit);
        if (m_session.isBusy())
            loop.exec();
    }

    void correct(int z, Rect rect)
    {
        std::vector<Label> labels(size_t(rect.pixelCount()));
        m_truth.read(z, rect, labels.data());
        const LabelEdit edit =
            editLabels(m_session.project()->labels(), z, rect, [&](Pixel pixel, Label) {
                return labels[size_t((pixel.y - rect.y) * rect.width + pixel.x - rect.x)];
            });
        m_session.history()->perform(edit, QStringLiteral("correction"));
    }

    void learn()
    {
        QElapsedTimer timer;
        double learnedAfter = 0;
        double predictedAfter = 0;
        TrainingResult result;
        QEventLoop loop;
        QObject::connect(&m_session, &Session::learned, &loop, [&](const TrainingResult& learned) {
            learnedAfter = double(timer.elapsed()) / 1000;
            result = learned;
        });
        // The visible slice comes first; a model that is no better predicts nothing.
        QObject::connect(m_session.project(), &Project::predictionChanged, &loop, [&] {
            if (predictedAfter == 0)
                predictedAfter = double(timer.elapsed()) / 1000;
        });
        const auto quitWhenDone = [&] {
            const bool isDone = learnedAfter > 0 && (predictedAfter > 0 || !result.isBetter);
            if (isDone && !m_session.isBusy())
                loop.quit();
        };
        QObject::connect(&m_session.jobs(), &JobRunner::idle, &loop, quitWhenDone,
                         Qt::QueuedConnection);
        timer.start();
        m_session.learn();
        loop.exec();
        std::printf("  %5d  %7.1f  ", result.curve.empty() ? 0 : result.curve.back().step,
                    learnedAfter);
        if (result.isBetter)
            std::printf("%9.1f\n", predictedAfter);
        else
            std::printf("%9s\n", "not kept");
    }

    QTemporaryDir m_folder;
    Session m_session;
    LabelVolume m_truth{VolumeSize{}};
    std::mt19937 m_random{1};
};

} // namespace

int main(int argc, char** argv)
{
    prepareProcessForCompute();
    QCoreApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    Truth truth;
    if (arguments.size() >= 3)
        truth = {arguments.takeFirst(), arguments.takeFirst(), arguments.takeFirst()};
    const int rounds = arguments.isEmpty() ? 10 : arguments.first().toInt();
    try {
        Rounds session(truth);
        std::printf("round  steps  learned  predicted (seconds from the click)\n");
        for (int round = 1; round <= rounds; ++round)
            session.run(round);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}

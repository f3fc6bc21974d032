// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/BaseModelTrainer.h"

#include "models/torch/learning/TrainingLoop.h"

namespace emend {

namespace {

constexpr int warmUpSteps = 50;
constexpr int statisticsBatches = 32;
constexpr int pointSteps = 20;
constexpr double averagedShare = 0.1; ///< of the steps

} // namespace

std::shared_ptr<const Checkpoint> BaseModelTrainer::train(const LabelledVolume& volume,
                                                          const QString& name, JobContext& job,
                                                          const Trainer::Observer& observer)
{
    auto model = std::make_shared<Checkpoint>();
    model->classNames = {QStringLiteral("membrane"), QStringLiteral("inside")};
    if (volume.mitochondria)
        model->classNames << QStringLiteral("mitochondria");
    model->spec = UNetSpec::standard(int(model->classNames.size()), m_options.baseChannels);

    BaseModelPatches patches(volume, m_options.patches);
    const quint64 seed = m_options.patches.seed;
    Random random(seed);
    UNet network(model->spec);
    network->initialise(seed);
    TrainingLoop::Options options;
    options.steps = m_options.steps;
    options.batch = m_options.batch;
    options.learningRate = m_options.learningRate;
    options.warmUpSteps = warmUpSteps;
    options.averagedShare = averagedShare;
    options.precision = m_device.resolve(m_options.precision);
    TrainingLoop loop(network, patches, random, options, m_device);
    double sum = 0;
    int count = 0;
    loop.run(job, [&](int step, double loss) {
        sum += loss;
        ++count;
        if (step % pointSteps != 0 && step != options.steps)
            return;
        observer({step, options.steps, sum / count, {}});
        sum = count = 0;
    });
    loop.reestimateStatistics(statisticsBatches, job);

    model->weights = network->weights();
    model->lineage.name = name;
    model->lineage.data =
        QStringLiteral("%1, slices 0-%2, along its three axes; %3 % drawn sections")
            .arg(volume.raw.info().name)
            .arg(m_options.patches.slices - 1)
            .arg(100 * m_options.patches.syntheticShare);
    model->lineage.seed = seed;
    model->lineage.steps = options.steps;
    model->lineage.created = QDateTime::currentDateTimeUtc();
    return model;
}

} // namespace emend

// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/LabelOptions.h"
#include "app/cli/ModelOptions.h"
#include "app/cli/WorkInput.h"
#include "app/jobs/PredictJob.h"
#include "app/session/ClassMapping.h"
#include "core/io/TiffExporter.h"
#include "core/io/TiffStackWriter.h"

namespace emend {

namespace {

/// Writes each predicted slice to the mask file, and to the probability file where one is wanted.
class PredictionFiles
{
public:
    PredictionFiles(VolumeSize size, VoxelSize voxelSize, int classCount)
        : m_size(size)
        , m_voxelSize(voxelSize)
        , m_classCount(classCount)
    {
    }

    void writeMasksTo(const QString& path)
    {
        m_masks = std::make_unique<TiffStackWriter>(
            path, TiffExporter::classIndexLayout(m_size, m_voxelSize, m_classCount));
    }

    /// onlyClass: 0 for all, as a slice x class hyperstack.
    void writeProbabilitiesTo(const QString& path, int onlyClass)
    {
        m_onlyClass = onlyClass;
        TiffStackWriter::Layout layout;
        layout.size = m_size;
        layout.channels = onlyClass ? 1 : m_classCount;
        layout.type = TiffStackWriter::PixelType::float32;
        layout.voxelSize = m_voxelSize;
        layout.displayMaximum = 1;
        m_probabilities = std::make_unique<TiffStackWriter>(path, layout);
    }

    void add(int z, const ProbabilityMap& map)
    {
        skipTo(z);
        Prediction prediction(m_size, m_classCount);
        prediction.setSlice(z, map);
        m_masks->addPage(prediction.classes(z).data());
        addProbabilities(&map);
        ++m_next;
    }

    void commit()
    {
        skipTo(m_size.slices);
        m_masks->commit();
        if (m_probabilities)
            m_probabilities->commit();
    }

private:
    /// Slices that were not asked for are written as "no class", so that pages stay in step with
    /// the stack.
    void skipTo(int z)
    {
        const std::vector<quint8> nothing(m_next < z ? size_t(m_size.pixelsPerSlice()) : size_t(0));
        for (; m_next < z; ++m_next) {
            m_masks->addPage(nothing.data());
            addProbabilities(nullptr);
        }
    }

    void addProbabilities(const ProbabilityMap* map)
    {
        if (!m_probabilities)
            return;
        const std::vector<float> nothing(map ? size_t(0) : size_t(m_size.pixelsPerSlice()));
        for (int c = 1; c <= m_classCount; ++c) {
            if (m_onlyClass == 0 || m_onlyClass == c)
                m_probabilities->addPage(map ? map->plane(c).data() : nothing.data());
        }
    }

    VolumeSize m_size;
    VoxelSize m_voxelSize;
    int m_classCount;
    int m_onlyClass = 0;
    int m_next = 0;
    std::unique_ptr<TiffStackWriter> m_masks;
    std::unique_ptr<TiffStackWriter> m_probabilities;
};

} // namespace

void PredictCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("STACK"),
                                 tr("A file, a folder of sections, or a project."));
    ModelOptions::describeModel(parser);
    ModelOptions::describeViews(parser);
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      tr("The masks: 0 where nothing was predicted, else the class (1, 2, ...)."),
                      QStringLiteral("MASKS.tif")});
    parser.addOption({QStringLiteral("probabilities"),
                      tr("Also writes the probabilities, 32-bit float: a hyperstack of slices and "
                         "classes, or one class with --class."),
                      QStringLiteral("P.tif")});
    parser.addOption({QStringLiteral("class"), tr("The one class for --probabilities."),
                      QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("slices"),
                      tr("Only these slices, like 0-4,18; the others are written empty."),
                      QStringLiteral("LIST")});
    ModelOptions::describeDevice(parser);
}

int PredictCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    const QString output = requiredOption(parser, QStringLiteral("output"));
    const QString modelName = requiredOption(parser, QStringLiteral("model"));

    const WorkInput input = WorkInput::open(path);
    const auto& stack = input.stack;
    const auto model = input.model(modelName);
    const int onlyClass =
        parser.isSet(QStringLiteral("class"))
            ? int(model->classNames.indexOf(parser.value(QStringLiteral("class")))) + 1
            : 0;
    if (parser.isSet(QStringLiteral("class")) && onlyClass == 0)
        throw UsageError(tr("The model has no class \"%1\". Its classes are: %2.")
                             .arg(parser.value(QStringLiteral("class")),
                                  model->classNames.join(QStringLiteral(", "))));

    const SliceRange slices = LabelOptions::slices(parser, stack->size().slices);
    PredictJob::Request request{stack,
                                input.voxelSize,
                                model,
                                std::vector<int>(slices.begin(), slices.end()),
                                ModelOptions::device(parser),
                                {}};
    request.options.precision = ModelOptions::precision(parser, request.device);
    request.options.views = ModelOptions::views(parser);
    if (input.project)
        request.decided = decidedMembranes(input.contents.labels, input.contents.classes, *model);

    PredictionFiles files(stack->size(), input.voxelSize, model->spec.classCount);
    files.writeMasksTo(output);
    if (parser.isSet(QStringLiteral("probabilities")))
        files.writeProbabilitiesTo(parser.value(QStringLiteral("probabilities")), onlyClass);
    PredictJob(request, [&files](int z, const ProbabilityMap& map) { files.add(z, map); }).run(job);
    job.checkCancelled();
    files.commit();
    return 0;
}

} // namespace emend

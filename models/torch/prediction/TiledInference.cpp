// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/TiledInference.h"

#include "models/memory/FreeMemory.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/TorchErrors.h"
#include "models/torch/prediction/TileViews.h"

#include <QCoreApplication>
#include <QThread>

#include <ATen/ATen.h>
#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <cmath>
#include <malloc.h>
#include <new>
#include <span>

namespace emend {

namespace {

// Larger tiles gain little; on a CPU they leave the caches.
constexpr qint64 comfortableCpuBytes = 512'000'000;
constexpr qint64 comfortableCardBytes = 16'000'000'000;
constexpr int cardBatch = 16; ///< on a CPU one tile keeps all cores busy

QString tr(const char* text)
{
    return QCoreApplication::translate("Predictor", text);
}

int dividedUp(int value, int divisor)
{
    return (value + divisor - 1) / divisor;
}

TileChoice chosenTiles(const UNetSpec& spec, Precision precision, const ComputeDevice& device,
                       int growthPx)
{
    const bool isCuda = device.isCuda();
    return TileChoice::best(spec, precision,
                            {.growthPx = growthPx,
                             .mostBatch = isCuda ? cardBatch : 1,
                             .comfortBytes = isCuda ? comfortableCardBytes : comfortableCpuBytes,
                             .freeBytes = freeMemoryBytes(device)});
}

/// What a card computes in 16 bits the CPU computes as it is fastest at it.
Precision precisionOnCpu(Precision onCard)
{
    return ComputeDevice::cpu().resolve(onCard == Precision::fp32 ? Precision::fp32
                                                                  : Precision::automatic);
}

[[noreturn]] void refuse(const char* reason)
{
    const QString firstLine = QString::fromUtf8(reason).section(QLatin1Char('\n'), 0, 0);
    throw Error(tr("The prediction could not be computed (%1). Choose another device or model.")
                    .arg(firstLine.left(200)));
}

void giveMemoryBack(bool isCuda)
{
    if (isCuda)
        at::accelerator::emptyCache();
    malloc_trim(0);
}

} // namespace

/// The tiles of an area: all of one size, the last ones may reach beyond it.
struct TiledInference::Tiles
{
    Rect area;
    int width = 0;
    int height = 0;
    int columns = 0;
    int rows = 0;

    int count() const { return columns * rows; }

    Rect rect(int i) const
    {
        return {area.x + i % columns * width, area.y + i / columns * height, width, height};
    }
};

TiledInference::TiledInference(const Checkpoint& checkpoint, const ComputeDevice& device,
                               const PredictorOptions& options)
    : m_checkpoint(checkpoint)
    , m_spec(checkpoint.spec)
    , m_margin(TileMargin::of(m_spec))
    , m_device(device)
    , m_precision(options.precision)
    , m_runtime(makeCardRuntime(device))
    , m_shapesMayDiffer(!device.isCuda())
    , m_threads(options.threads > 0 ? options.threads : QThread::idealThreadCount())
    , m_views(std::clamp(options.views, 1, PredictorOptions::mostViews))
    , m_ladder(ladderOf(options))
{
}

MemoryLadder TiledInference::ladderOf(const PredictorOptions& options) const
{
    TileChoice tiles = chosenTiles(m_spec, m_precision, m_device, m_margin.growth);
    if (options.tilePx > 0)
        tiles.tilePx = roundedUp(options.tilePx, m_spec.stride());
    if (options.batch > 0)
        tiles.batch = options.batch;
    std::optional<TileChoice> onCpu;
    if (m_device.isCuda())
        onCpu =
            chosenTiles(m_spec, precisionOnCpu(m_precision), ComputeDevice::cpu(), m_margin.growth);
    return {{tiles.possible(m_spec, m_margin.growth), m_device.isCuda(), m_device.isCuda()},
            onCpu,
            m_spec.stride()};
}

void TiledInference::setObserver(std::function<void(int, int)> observer)
{
    m_observer = std::move(observer);
}

TiledInference::Tiles TiledInference::tilesOf(Rect area) const
{
    // As few tiles as the limit allows, then as small as that number allows.
    const auto side = [this](int length) {
        const int count = dividedUp(length, tilePx());
        return roundedUp(dividedUp(length, count), m_spec.stride());
    };
    Tiles tiles{area, side(area.width), side(area.height)};
    tiles.columns = dividedUp(area.width, tiles.width);
    tiles.rows = dividedUp(area.height, tiles.height);
    return tiles;
}

/// Whether tiles are shown without what lies far beyond the slice.
bool TiledInference::trims(const ScaledSlice& slice, const Tiles& tiles) const
{
    const bool isSlice = tiles.count() == 1 && tiles.area.intersected(slice.rect()) == slice.rect();
    return m_spec.padding == UNetSpec::Padding::same && (m_shapesMayDiffer || isSlice);
}

TiledInference::Planes TiledInference::run(const ScaledSlice& slice,
                                           const SliceNormalisation& normalisation, Rect area,
                                           JobContext& job)
{
    Q_ASSERT(area.x % m_spec.stride() == 0 && area.y % m_spec.stride() == 0);
    at::set_num_threads(m_threads);
    const c10::InferenceMode inference;
    for (;;) {
        if (auto planes = attempt(slice, normalisation, area, job))
            return std::move(*planes);
        giveUpSomething(job);
    }
}

/// Nothing when memory ran out; by then everything that the attempt held is free again.
std::optional<TiledInference::Planes>
TiledInference::attempt(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                        Rect area, JobContext& job)
{
    try {
        const at::Device device = torchDevice(m_device);
        if (!m_network)
            m_network.emplace(m_checkpoint, device, m_precision);
        const Tiles tiles = tilesOf(area);
        if (m_runtime) {
            AreaAnswer answer(m_spec, area, std::nullopt);
            if (runGraphed(slice, normalisation, tiles, answer, job))
                return answer.take();
        }
        AreaAnswer answer(m_spec, area,
                          m_ladder.rung().answerIsOnCard ? std::optional(device) : std::nullopt);
        for (int first = 0; first < tiles.count(); first += batch()) {
            const int count = std::min(batch(), tiles.count() - first);
            if (m_observer)
                m_observer(tilePx(), count);
            const int together = m_shapesMayDiffer ? 1 : count;
            for (int i = 0; i < count; i += together)
                addAnswer(slice, normalisation, shownOf(slice, tiles, first + i, together), answer,
                          job);
            job.report(double(first + count) / tiles.count(), QString());
        }
        return answer.take();
    } catch (const std::bad_alloc&) {
        return {};
    } catch (const c10::Error& error) {
        if (!isOutOfMemory(error))
            refuse(error.what_without_backtrace());
        return {};
    }
}

std::vector<ShownTile> TiledInference::shownOf(const ScaledSlice& slice, const Tiles& tiles,
                                               int first, int count) const
{
    std::vector<ShownTile> all;
    for (int i = first; i < first + count; ++i) {
        const ShownTile shown = m_margin.shown(tiles.rect(i));
        all.push_back(trims(slice, tiles)
                          ? shown.trimmed(slice.width(), slice.height(), m_spec.stride())
                          : shown);
    }
    return all;
}

at::Tensor TiledInference::inputOf(const ScaledSlice& slice,
                                   const SliceNormalisation& normalisation,
                                   const std::vector<ShownTile>& tiles, JobContext& job) const
{
    const Rect shape = tiles.front().input;
    at::Tensor input = at::empty({int64_t(tiles.size()), 1, shape.height, shape.width}, at::kFloat);
    for (size_t i = 0; i < tiles.size(); ++i) {
        job.checkCancelled();
        std::vector<float> grey = slice.readMirrored(tiles[i].input);
        normalisation.apply(grey);
        std::copy(grey.begin(), grey.end(), input[int64_t(i)].data_ptr<float>());
    }
    return input;
}

void TiledInference::addAnswer(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                               const std::vector<ShownTile>& tiles, AreaAnswer& answer,
                               JobContext& job) const
{
    at::Tensor probabilities =
        answerOf(inputOf(slice, normalisation, tiles, job), tiles.front(), job);
    if (!answer.isOnDevice())
        probabilities = probabilities.to(at::kCPU).contiguous();
    for (size_t i = 0; i < tiles.size(); ++i)
        answer.add(probabilities[int64_t(i)], tiles[i].tile);
}

// Tiles with their margins are multiples of the stride, so that a mirrored one is pooled along the
// same lines: the answer does not depend on how an area is tiled, whatever the views.
at::Tensor TiledInference::answerOf(const at::Tensor& input, const ShownTile& shown,
                                    JobContext& job) const
{
    const auto check = [&job] {
        job.checkCancelled();
    };
    const auto probabilitiesOf = [&](const at::Tensor& view) {
        return m_network->probabilities(view, check);
    };
    return tileViews::meanOver(input, m_views, probabilitiesOf)
        .narrow(2, shown.cropY, shown.tile.height)
        .narrow(3, shown.cropX, shown.tile.width);
}

/// False where the graph cannot be had, or is no good: then the plain way must do, for good.
bool TiledInference::runGraphed(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                                const Tiles& tiles, AreaAnswer& answer, JobContext& job)
{
    try {
        const std::vector<ShownTile> shown = shownOf(slice, tiles, 0, tiles.count());
        GraphedInference& graph = graphFor(shown, slice.hasBytes() ? at::kByte : at::kFloat);
        const size_t atOnce = size_t(graph.shape().batch);
        const auto batchFrom = [&](size_t first) {
            return std::span(shown).subspan(first, std::min(atOnce, shown.size() - first));
        };
        size_t taken = 0;
        const auto take = [&] {
            const auto batch = batchFrom(taken);
            const at::Tensor probabilities = graph.take().probabilities;
            if (!m_graphs.isTrusted(graph.shape()) &&
                !agrees(probabilities, slice, normalisation, {batch.begin(), batch.end()}, job))
                return false;
            m_graphs.trust(graph.shape());
            for (size_t i = 0; i < batch.size(); ++i)
                answer.add(probabilities[int64_t(i)], batch[i].tile);
            taken += batch.size();
            job.report(double(taken) / double(shown.size()), QString());
            return true;
        };
        bool isGood = true;
        for (size_t first = 0; first < shown.size() && isGood; first += atOnce) {
            if (graph.pending() == GraphedInference::slotCount)
                isGood = take();
            const auto batch = batchFrom(first);
            if (m_observer)
                m_observer(tilePx(), int(batch.size()));
            GraphedInference::Input& input = graph.next();
            input.normalisation = normalisation;
            for (size_t i = 0; i < batch.size(); ++i) {
                job.checkCancelled();
                std::vector<float> grey = slice.readMirrored(batch[i].input);
                const at::Tensor place = input.grey[int64_t(i)][0];
                place.copy_(at::from_blob(grey.data(), place.sizes(), at::kFloat));
            }
            graph.submit();
        }
        while (isGood && graph.pending() > 0)
            isGood = take();
        if (isGood)
            return true;
    } catch (const c10::Error& error) {
        if (isOutOfMemory(error))
            throw;
    }
    m_graphs.clearAndTrustNone();
    m_runtime.reset();
    return false;
}

/// tiles: all of one shape.
GraphedInference& TiledInference::graphFor(const std::vector<ShownTile>& tiles,
                                           at::ScalarType greyType)
{
    const ShownTile& like = tiles.front();
    const GraphedInference::Shape shape = {.batch = std::min(batch(), int(tiles.size())),
                                           .widthPx = like.input.width,
                                           .heightPx = like.input.height,
                                           .cropX = like.cropX,
                                           .cropY = like.cropY,
                                           .answerWidthPx = like.tile.width,
                                           .answerHeightPx = like.tile.height,
                                           .views = m_views,
                                           .greyType = greyType,
                                           .answerType = at::kFloat};
    GraphedInference& graph = m_graphs.of(
        shape, {*m_network, m_checkpoint, m_runtime->device(), torchType(m_precision)}, *m_runtime);
    while (graph.pending() > 0)
        graph.take(); // of a run that was cancelled
    return graph;
}

/// Whether these tiles look the same the plain way.
bool TiledInference::agrees(const at::Tensor& graphed, const ScaledSlice& slice,
                            const SliceNormalisation& normalisation,
                            const std::vector<ShownTile>& tiles, JobContext& job) const
{
    // 16-bit numbers added up in another order differ by less, something wrong by far more.
    constexpr double tolerance = 0.01;
    const at::Tensor input = inputOf(slice, normalisation, tiles, job);
    const at::Tensor plain = answerOf(input, tiles.front(), job).to(at::kCPU);
    const at::Tensor asMany = graphed.narrow(0, 0, int64_t(tiles.size()));
    return (asMany - plain).abs().mean().item<double>() < tolerance;
}

void TiledInference::giveUpSomething(JobContext& job)
{
    const bool haveOthersMemory = m_graphs.count() > 1;
    m_graphs.clear();
    if (haveOthersMemory) {
        giveMemoryBack(m_device.isCuda());
        return;
    }
    const bool wasOnCard = m_ladder.rung().isOnCard;
    if (!m_ladder.stepDown())
        throw Error(tr("There is not enough memory to predict with this model. Close other "
                       "programs, or choose a smaller model."));
    if (wasOnCard && !m_ladder.rung().isOnCard) {
        m_runtime.reset();
        m_network.reset();
        giveMemoryBack(m_device.isCuda());
        m_device = ComputeDevice::cpu();
        m_precision = precisionOnCpu(m_precision);
        job.report(0, m_ladder.notice());
    }
    giveMemoryBack(m_device.isCuda());
}

} // namespace emend

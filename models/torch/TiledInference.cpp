// SPDX-License-Identifier: Apache-2.0
#include "models/torch/TiledInference.h"

#include "models/torch/TorchDevice.h"
#include "models/torch/TorchErrors.h"

#include <QCoreApplication>
#include <QThread>

#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/flip.h>
#include <ATen/ops/transpose.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <cmath>
#include <malloc.h>
#include <new>

namespace emend {

namespace {

constexpr int smallestTilePx = 64;
constexpr int largestTilePx = 1024;
constexpr int largestBatch = 16;
constexpr double cpuBudgetBytes = 512e6;
constexpr double cudaBudgetBytes = 4e9;

QString tr(const char* text)
{
    return QCoreApplication::translate("Predictor", text);
}

int roundedUp(int value, int multiple)
{
    return (value + multiple - 1) / multiple * multiple;
}

int dividedUp(int value, int divisor)
{
    return (value + divisor - 1) / divisor;
}

/// Bytes that a pixel of the input costs while the finest level, the largest, is computed: about
/// five maps of baseChannels at a time.
double bytesPerPixel(const UNetSpec& spec)
{
    return 5.0 * sizeof(float) * spec.baseChannels;
}

int chosenTilePx(const UNetSpec& spec, const TileMargin& margin, double budgetBytes)
{
    const int inputPx = int(std::sqrt(budgetBytes / bytesPerPixel(spec)));
    const int tilePx = std::clamp(inputPx - margin.growth, 4 * smallestTilePx, largestTilePx);
    return tilePx / spec.stride() * spec.stride();
}

/// On a CPU one tile keeps all cores busy; a graphics card wants more at a time.
int chosenBatch(const UNetSpec& spec, const TileMargin& margin, int tilePx, bool isCuda)
{
    if (!isCuda)
        return 1;
    const double inputPx = tilePx + margin.growth;
    const double bytesPerTile = inputPx * inputPx * bytesPerPixel(spec);
    return std::clamp(int(cudaBudgetBytes / bytesPerTile), 1, largestBatch);
}

constexpr int mirrorsX = 1; ///< bits of a view
constexpr int mirrorsY = 2;
constexpr int transposes = 4;

at::Tensor mirrored(const at::Tensor& x, int view)
{
    std::vector<int64_t> axes;
    if (view & mirrorsX)
        axes.push_back(3);
    if (view & mirrorsY)
        axes.push_back(2);
    return axes.empty() ? x : x.flip(axes);
}

at::Tensor viewed(const at::Tensor& x, int view)
{
    const at::Tensor turned = mirrored(x, view);
    return view & transposes ? turned.transpose(2, 3).contiguous() : turned;
}

at::Tensor unviewed(const at::Tensor& x, int view)
{
    return mirrored(view & transposes ? x.transpose(2, 3) : x, view);
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

TileMargin TileMargin::of(const UNetSpec& spec)
{
    const int halo = spec.haloPx();
    if (spec.padding == UNetSpec::Padding::same)
        return {2 * halo, halo, halo};

    // No padding, so nothing is made up at the borders but by 3 x 3 up-convolutions, whose first
    // row lacks a neighbour; that spoils less than one stride of the answer (at the other end where
    // the input is mirrored).
    const int crop =
        spec.upConvolution == UNetSpec::UpConvolution::threeByThree ? spec.stride() : 0;
    const int tilePx = 16 * spec.stride();
    int inputPx = tilePx;
    while (spec.outputSize(inputPx) < tilePx + 2 * crop)
        ++inputPx;
    const int border = (inputPx - spec.outputSize(inputPx)) / 2;
    return {inputPx - tilePx, border + crop, crop};
}

TiledInference::TiledInference(const Checkpoint& checkpoint, const ComputeDevice& device,
                               const PredictorOptions& options)
    : m_spec(checkpoint.spec)
    , m_margin(TileMargin::of(m_spec))
    , m_network(checkpoint, torchDevice(device), torchType(options.precision))
    , m_isCuda(device.isCuda())
    , m_threads(options.threads > 0 ? options.threads : QThread::idealThreadCount())
    , m_views(std::clamp(options.views, 1, PredictorOptions::mostViews))
    , m_tilePx(options.tilePx > 0
                   ? roundedUp(options.tilePx, m_spec.stride())
                   : chosenTilePx(m_spec, m_margin, m_isCuda ? cudaBudgetBytes : cpuBudgetBytes))
    , m_batch(options.batch > 0 ? options.batch : chosenBatch(m_spec, m_margin, m_tilePx, m_isCuda))
{
}

void TiledInference::setObserver(std::function<void(int, int)> observer)
{
    m_observer = std::move(observer);
}

TiledInference::Tiles TiledInference::tilesOf(Rect area) const
{
    // As few tiles as the limit allows, then as small as that number allows.
    const auto side = [this](int length) {
        const int count = dividedUp(length, m_tilePx);
        return roundedUp(dividedUp(length, count), m_spec.stride());
    };
    Tiles tiles{area, side(area.width), side(area.height)};
    tiles.columns = dividedUp(area.width, tiles.width);
    tiles.rows = dividedUp(area.height, tiles.height);
    return tiles;
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
        giveMemoryBack(m_isCuda);
        makeSmaller();
    }
}

/// Nothing when memory ran out; by then everything that the attempt held is free again.
std::optional<TiledInference::Planes>
TiledInference::attempt(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                        Rect area, JobContext& job) const
{
    try {
        const Tiles tiles = tilesOf(area);
        Planes planes(size_t(m_spec.classCount), std::vector<float>(size_t(area.pixelCount())));
        for (int first = 0; first < tiles.count(); first += m_batch) {
            const int count = std::min(m_batch, tiles.count() - first);
            runBatch(slice, normalisation, tiles, first, count, job, planes);
            job.report(double(first + count) / tiles.count(), QString());
        }
        return planes;
    } catch (const std::bad_alloc&) {
        return {};
    } catch (const c10::Error& error) {
        if (!isOutOfMemory(error))
            refuse(error.what_without_backtrace());
        return {};
    }
}

void TiledInference::runBatch(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                              const Tiles& tiles, int first, int count, JobContext& job,
                              Planes& planes) const
{
    if (m_observer)
        m_observer(m_tilePx, count);
    const int width = tiles.width + m_margin.growth;
    const int height = tiles.height + m_margin.growth;
    const at::Tensor input = at::empty({count, 1, height, width}, at::kFloat);
    for (int i = 0; i < count; ++i) {
        job.checkCancelled();
        const Rect tile = tiles.rect(first + i);
        std::vector<float> grey =
            slice.readMirrored({tile.x - m_margin.lead, tile.y - m_margin.lead, width, height});
        normalisation.apply(grey);
        std::copy(grey.begin(), grey.end(), input[i].data_ptr<float>());
    }
    const at::Tensor answer = meanOverViews(input, job)
                                  .narrow(2, m_margin.crop, tiles.height)
                                  .narrow(3, m_margin.crop, tiles.width)
                                  .to(at::kCPU)
                                  .contiguous();
    for (int i = 0; i < count; ++i) {
        const Rect tile = tiles.rect(first + i);
        const Rect inside = tile.intersected(tiles.area);
        for (int c = 0; c < m_spec.classCount; ++c) {
            const float* from = answer[i][c].data_ptr<float>();
            float* to = planes[size_t(c)].data() + (inside.x - tiles.area.x);
            for (int y = 0; y < inside.height; ++y)
                std::copy_n(from + size_t(y) * size_t(tile.width), inside.width,
                            to + size_t(inside.y - tiles.area.y + y) * size_t(tiles.area.width));
        }
    }
}

// Tiles with their margins are multiples of the stride, so that a mirrored one is pooled along the
// same lines: the answer does not depend on how an area is tiled, whatever the views.
at::Tensor TiledInference::meanOverViews(const at::Tensor& input, JobContext& job) const
{
    const auto check = [&job] {
        job.checkCancelled();
    };
    at::Tensor sum;
    for (int view = 0; view < m_views; ++view) {
        const at::Tensor answer =
            unviewed(m_network.probabilities(viewed(input, view), check), view);
        sum = sum.defined() ? sum.add_(answer) : m_views == 1 ? answer : answer.clone();
    }
    return m_views == 1 ? sum : sum.div_(m_views);
}

void TiledInference::makeSmaller()
{
    if (m_batch > 1) {
        m_batch /= 2;
        return;
    }
    const int half = roundedUp(m_tilePx / 2, m_spec.stride());
    if (half < smallestTilePx || half == m_tilePx)
        throw Error(tr("There is not enough memory to predict with this model. Close other "
                       "programs, or choose a smaller model."));
    m_tilePx = half;
}

} // namespace emend

// SPDX-License-Identifier: Apache-2.0
#include "models/torch/cards/GraphicsCards.h"

#include <ATen/Context.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/ones.h>
#include <c10/util/Exception.h>
#include <torch/cuda.h>

#include <array>
#include <dlfcn.h>
#include <filesystem>

namespace emend {

namespace {

/// LibTorch warns on the terminal about drivers that it cannot use; the CPU does instead.
class SilentWarnings : public c10::WarningHandler
{
    void process(const c10::Warning&) override {}
};

/// The few functions of the driver (libcuda) that tell what cards there are. Asking it first
/// keeps LibTorch's CUDA half, some gigabytes, off the machines that have no card.
class Driver
{
public:
    Driver()
        : m_library(dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL))
    {
    }

    std::vector<GraphicsCard> cards() const
    {
        const auto initialise = function<int(unsigned)>("cuInit");
        const auto count = function<int(int*)>("cuDeviceGetCount");
        int cardCount = 0;
        if (!initialise || !count || initialise(0) != 0 || count(&cardCount) != 0)
            return {};
        std::vector<GraphicsCard> cards;
        for (int index = 0; index < cardCount; ++index)
            cards.push_back(card(index));
        return cards;
    }

private:
    template <class Signature>
    Signature* function(const char* name) const
    {
        return m_library ? reinterpret_cast<Signature*>(dlsym(m_library, name)) : nullptr;
    }

    GraphicsCard card(int index) const
    {
        constexpr int capabilityMajor = 75; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
        constexpr int firstWithBf16 = 8;
        constexpr int firstWithFastFp16 = 7;
        const auto nameOf = function<int(char*, int, int)>("cuDeviceGetName");
        const auto attributeOf = function<int(int*, int, int)>("cuDeviceGetAttribute");
        std::array<char, 128> name = {};
        int major = 0;
        if (nameOf && attributeOf) {
            nameOf(name.data(), int(name.size()) - 1, index);
            attributeOf(&major, capabilityMajor, index);
        }
        return {QString::fromUtf8(name.data()), major >= firstWithBf16, major >= firstWithFastFp16};
    }

    void* m_library; ///< stays loaded: LibTorch uses it from here on
};

/// LibTorch's CUDA half lies beside the half that is linked; loading it registers its kernels.
bool loadCudaHalf()
{
    Dl_info place = {};
    if (dladdr(reinterpret_cast<void*>(&torch::cuda::is_available), &place) == 0)
        return false;
    const auto library = std::filesystem::path(place.dli_fname).parent_path() / "libtorch_cuda.so";
    return dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr;
}

/// A card may be there and yet be too old, or too new, for this LibTorch: try it.
bool canCompute(int index)
{
    try {
        const at::Device device(at::kCUDA, c10::DeviceIndex(index));
        const at::Tensor ones = at::ones({1, 8, 8, 8}, at::TensorOptions(device));
        return at::conv2d(ones, ones).item<float>() == 512;
    } catch (const std::exception&) {
        return false;
    }
}

std::vector<GraphicsCard> findCards()
{
    SilentWarnings silent;
    c10::WarningUtils::WarningHandlerGuard guard(&silent);
    std::vector<GraphicsCard> cards = Driver().cards();
    if (cards.empty() || !loadCudaHalf() || !torch::cuda::is_available())
        return {};
    cards.resize(std::min(cards.size(), size_t(torch::cuda::device_count())));
    // Indices must stay LibTorch's own, so the list ends before the first card that fails. Trying
    // one takes its time and some of its memory, so of several alike only the first is tried.
    for (size_t i = 0; i < cards.size(); ++i) {
        if ((i == 0 || cards[i] != cards[i - 1]) && !canCompute(int(i))) {
            cards.resize(i);
            break;
        }
    }
    // cuDNN measures which of its kernels is fastest: shapes are few (Reproducible turns it off).
    at::globalContext().setBenchmarkCuDNN(!cards.empty());
    return cards;
}

} // namespace

const std::vector<GraphicsCard>& graphicsCards()
{
    static const std::vector<GraphicsCard> cards = findCards();
    return cards;
}

} // namespace emend

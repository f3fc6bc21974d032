// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Error.h"

#include <c10/util/Exception.h>

#include <new>
#include <string_view>

namespace emend {

/// LibTorch says it in several ways; cuDNN, where no way to compute a layer gets the workspace that
/// it wants, says that it knows none.
inline bool isOutOfMemory(const c10::Error& error)
{
    if (dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr)
        return true;
    const std::string_view text = error.what_without_backtrace();
    return text.find("can't allocate memory") != std::string_view::npos ||
           text.find("out of memory") != std::string_view::npos ||
           text.find("ALLOC_FAILED") != std::string_view::npos ||
           text.find("unable to find an engine") != std::string_view::npos;
}

/// An Error in plain words for what LibTorch throws while a model learns.
[[noreturn]] void refuseTraining(const c10::Error& error);
[[noreturn]] void refuseTrainingForMemory();

/// Calls work; LibTorch's exceptions leave as Error.
template <class Work>
auto withoutTorchErrors(Work work)
{
    try {
        return work();
    } catch (const c10::Error& error) {
        refuseTraining(error);
    } catch (const std::bad_alloc&) {
        refuseTrainingForMemory();
    }
}

} // namespace emend

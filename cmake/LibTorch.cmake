# SPDX-License-Identifier: Apache-2.0
# LibTorch from the unpacked torch wheel: torch/ with include and lib, nvidia/ beside it.
# `./dev setup` puts it into the user's cache; EMEND_LIBTORCH names another place.
set(EMEND_TORCH_VERSION 2.11.0)
if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(_cache "$ENV{XDG_CACHE_HOME}")
else()
    set(_cache "$ENV{HOME}/.cache")
endif()
set(EMEND_LIBTORCH "${_cache}/emend/libtorch-${EMEND_TORCH_VERSION}" CACHE PATH
    "Folder that holds the unpacked torch wheel")
if(NOT EXISTS "${EMEND_LIBTORCH}/torch/lib/libtorch_cpu.so")
    message(FATAL_ERROR "No LibTorch in ${EMEND_LIBTORCH}. Run ./dev setup, which fetches it.")
endif()

# Not find_package(Torch): with a CUDA wheel that demands a CUDA toolkit although nothing here needs it.
foreach(part c10 torch_cpu gomp)
    file(GLOB library "${EMEND_LIBTORCH}/torch/lib/lib${part}.so*")
    add_library(torch::${part} SHARED IMPORTED)
    set_target_properties(torch::${part} PROPERTIES IMPORTED_LOCATION "${library}")
endforeach()
add_library(emend_torch INTERFACE)
target_include_directories(emend_torch SYSTEM INTERFACE
    "${EMEND_LIBTORCH}/torch/include" "${EMEND_LIBTORCH}/torch/include/torch/csrc/api/include")
# at::parallel_for is a header's: compiled without OpenMP it uses one thread and says nothing.
# One OpenMP for the whole process: the wheel's own copy, found before the system's.
target_compile_options(emend_torch INTERFACE -fopenmp)
target_link_libraries(emend_torch INTERFACE torch::torch_cpu torch::c10 torch::gomp)
target_link_options(emend_torch INTERFACE "-Wl,-rpath,${EMEND_LIBTORCH}/torch/lib"
                                          "-Wl,--disable-new-dtags" "-Wl,--allow-shlib-undefined")

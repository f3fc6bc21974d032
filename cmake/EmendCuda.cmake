# SPDX-License-Identifier: Apache-2.0
# EMEND_CUDA: whether emend_cuda, the part for NVIDIA's graphics cards, is built. AUTO: where its
# headers and LibTorch's CUDA half are found; the program is the same without it, only slower there.
set(EMEND_CUDA AUTO CACHE STRING "Build the library for NVIDIA's graphics cards: AUTO, ON or OFF")
set_property(CACHE EMEND_CUDA PROPERTY STRINGS AUTO ON OFF)

# emend_find_cuda(RESULT): true, and a target emend_torch_cuda, where all of it is there.
function(emend_find_cuda result)
    set(${result} FALSE PARENT_SCOPE)
    if(EMEND_CUDA STREQUAL "OFF")
        return()
    endif()
    set(places "${EMEND_LIBTORCH}/nvidia/cu13" "$ENV{CUDA_HOME}" /usr/local/cuda)
    # One folder must hold both: the wheels bring the second in a package of its own.
    foreach(place IN LISTS places)
        if(EXISTS "${place}/include/cuda_runtime_api.h" AND EXISTS "${place}/include/crt/host_defines.h")
            set(headers "${place}/include")
            break()
        endif()
    endforeach()
    foreach(library torch_cuda c10_cuda)
        if(NOT EXISTS "${EMEND_LIBTORCH}/torch/lib/lib${library}.so")
            set(missing "lib${library}.so")
        endif()
    endforeach()
    if(NOT headers)
        set(missing "the headers of the CUDA runtime")
    endif()
    if(missing)
        if(EMEND_CUDA STREQUAL "ON")
            message(FATAL_ERROR "EMEND_CUDA is ON, but ${missing} cannot be found. Set CUDA_HOME, or EMEND_CUDA to OFF.")
        endif()
        message(STATUS "Without the library for graphics cards: ${missing} cannot be found")
        return()
    endif()
    # Headers only: who loads emend_cuda has loaded LibTorch's CUDA half, and the CUDA runtime with
    # it, for everybody to see.
    add_library(emend_torch_cuda INTERFACE)
    target_include_directories(emend_torch_cuda SYSTEM INTERFACE "${headers}")
    target_link_libraries(emend_torch_cuda INTERFACE emend_torch)
    set(${result} TRUE PARENT_SCOPE)
endfunction()

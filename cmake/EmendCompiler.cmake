# SPDX-License-Identifier: Apache-2.0
# How every file of the house is compiled.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_CXX_FLAGS_RELEASE "-O3")

find_program(CCACHE ccache)
if(CCACHE)
    # Precompiled headers and clones in other folders share one cache.
    set(EMEND_CCACHE "${CMAKE_COMMAND}" -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
                     "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime" "${CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER ${EMEND_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${EMEND_CCACHE})
endif()

# Warnings, hardening and the Qt words, for our own targets only.
add_library(emend_options INTERFACE)
target_compile_definitions(emend_options INTERFACE QT_NO_KEYWORDS QT_NO_CAST_FROM_BYTEARRAY
                                                   _GLIBCXX_ASSERTIONS
                                                   EMEND_VERSION="${PROJECT_VERSION}")
target_compile_options(emend_options INTERFACE -Wall -Wextra -Wno-missing-field-initializers
                                               -fstack-protector-strong)
target_include_directories(emend_options INTERFACE "${CMAKE_SOURCE_DIR}")
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_definitions(emend_options INTERFACE _FORTIFY_SOURCE=2)
endif()
if(EMEND_SANITIZE)
    target_compile_options(emend_options INTERFACE -fsanitize=${EMEND_SANITIZE} -fno-omit-frame-pointer
                                                   -fno-sanitize-recover=all)
    target_link_options(emend_options INTERFACE -fsanitize=${EMEND_SANITIZE})
endif()

# SPDX-License-Identifier: Apache-2.0
# Run by ctest as style.format: clang-format decides the layout, ./dev format applies it.
find_program(CLANG_FORMAT clang-format-14)
if(NOT CLANG_FORMAT)
    message("skipped: clang-format-14 is not installed")
    return()
endif()
foreach(room core models widgets app tests)
    file(GLOB_RECURSE found "${SOURCE_DIR}/${room}/*.h" "${SOURCE_DIR}/${room}/*.cpp")
    list(APPEND sources ${found})
endforeach()
execute_process(COMMAND "${CLANG_FORMAT}" --dry-run -Werror ${sources}
                WORKING_DIRECTORY "${SOURCE_DIR}" RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "Some files are not laid out as .clang-format says. Run ./dev format.")
endif()

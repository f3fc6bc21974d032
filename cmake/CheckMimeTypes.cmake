# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)
# Run by ctest: a MIME database of its own is made of our types, and must then know them by name.
file(REMOVE_RECURSE "${FOLDER}")
file(COPY "${FILE}" DESTINATION "${FOLDER}/packages")
execute_process(COMMAND "${VALIDATOR}" "${FOLDER}" ERROR_VARIABLE complaints)
file(STRINGS "${FOLDER}/globs" known)
foreach(type "application/x-emend-project:*.emend" "application/x-mrc:*.mrc")
    if(NOT type IN_LIST known)
        message(FATAL_ERROR "The MIME database does not know ${type}. ${complaints}")
    endif()
endforeach()

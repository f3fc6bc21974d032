# SPDX-License-Identifier: Apache-2.0

# A room: a static library whose headers are included from the root of the tree.
function(emend_add_room name)
    add_library(${name} STATIC ${ARGN})
    target_link_libraries(${name} PUBLIC emend_options)
endfunction()

# Every tests/ROOM/*Test.cpp is one program and one ctest named ROOM.TypeTest.
# emend_add_tests(ROOM LIBRARIES ... [GL names of tests that need a display])
function(emend_add_tests room)
    cmake_parse_arguments(ARG "" "" "LIBRARIES;GL" ${ARGN})
    set(limitSeconds 300)
    if(EMEND_SANITIZE)
        set(limitSeconds 1800) # commands that learn take eight times as long then
    endif()
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*Test.cpp")
    foreach(source IN LISTS sources)
        get_filename_component(name "${source}" NAME_WE)
        add_executable(${name} "${source}")
        target_link_libraries(${name} PRIVATE Qt6::Test ${ARG_LIBRARIES})
        if(EMEND_SANITIZE STREQUAL "thread")
            target_sources(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests/support/QtEventQueue.cpp")
        endif()
        set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
        add_test(NAME ${room}.${name} COMMAND ${name})
        set_tests_properties(${room}.${name} PROPERTIES
            LABELS "${room}" TIMEOUT ${limitSeconds}
            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;OMP_WAIT_POLICY=PASSIVE")
        if(name IN_LIST ARG_GL)
            set_tests_properties(${room}.${name} PROPERTIES
                LABELS "${room};gl" RESOURCE_LOCK display
                ENVIRONMENT "QT_QPA_PLATFORM=xcb;LIBGL_ALWAYS_SOFTWARE=1;LC_ALL=C.UTF-8;OMP_WAIT_POLICY=PASSIVE")
        endif()
    endforeach()
endfunction()

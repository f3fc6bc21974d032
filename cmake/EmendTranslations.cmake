# SPDX-License-Identifier: Apache-2.0

# `ninja update_translations` brings the .ts files up to date with the code; the build makes .qm
# files of them and puts them into the window. English has its plurals only. The commands speak
# English and are left out.
set(EMEND_TS_FILES "${CMAKE_SOURCE_DIR}/translations/emend_de.ts")
set(EMEND_PLURALS_FILE "${CMAKE_SOURCE_DIR}/translations/emend_en.ts")
set(EMEND_LUPDATE_ARGUMENTS -silent -no-obsolete -locations none -extensions cpp,h
                            -I "${CMAKE_SOURCE_DIR}" core models widgets app/session app/jobs app/window)

add_custom_target(update_translations
    COMMAND Qt6::lupdate ${EMEND_LUPDATE_ARGUMENTS} -ts ${EMEND_TS_FILES}
    COMMAND Qt6::lupdate ${EMEND_LUPDATE_ARGUMENTS} -pluralonly -ts ${EMEND_PLURALS_FILE}
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    COMMENT "Bringing the .ts files up to date"
    VERBATIM)

# The target and whoever links it find the translations below :/i18n.
function(emend_add_translations target)
    qt_add_lrelease(${target} TS_FILES ${EMEND_TS_FILES} ${EMEND_PLURALS_FILE}
        QM_FILES_OUTPUT_VARIABLE qm_files OPTIONS -silent)
    # Every class that says something, for Translations.
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${EMEND_TS_FILES})
    file(STRINGS "${EMEND_TS_FILES}" names REGEX "<name>")
    list(TRANSFORM names REPLACE ".*<name>(.*)</name>.*" "\\1")
    list(JOIN names "\n" names)
    set(contexts "${CMAKE_CURRENT_BINARY_DIR}/contexts.txt")
    file(CONFIGURE OUTPUT "${contexts}" CONTENT "${names}" @ONLY)
    qt_add_resources(${target} translations PREFIX /i18n BASE "${CMAKE_CURRENT_BINARY_DIR}"
        FILES ${qm_files} "${contexts}")
endfunction()

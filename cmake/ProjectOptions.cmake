# Compile options that every target of ours shares, as two INTERFACE targets.
add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_23)
target_include_directories(project_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(project_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_JAVA_STYLE_ITERATORS QT_STRICT_ITERATORS
    QT_USE_QSTRINGBUILDER QT_NO_CONTEXTLESS_CONNECT QT_ENABLE_STRICT_MODE_UP_TO=0x060800
    $<$<CONFIG:Debug>:QT_MESSAGELOGCONTEXT>)

option(KINDLING_WERROR "Treat warnings as errors" OFF)
add_library(project_warnings INTERFACE)
target_compile_options(project_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wsuggest-override -Wold-style-cast
    -Wcast-align -Wcast-qual -Wconversion -Wsign-conversion -Wdouble-promotion -Wformat=2
    -Wimplicit-fallthrough -Wextra-semi -Wzero-as-null-pointer-constant -Wundef -Wvla -Wmissing-declarations
    -Wdeprecated-copy-dtor -Werror=return-type
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast>
    $<$<BOOL:${KINDLING_WERROR}>:-Werror>)

option(KINDLING_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(KINDLING_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()

option(KINDLING_COVERAGE "Build with coverage counters" OFF)
if(KINDLING_COVERAGE)
    add_compile_options(--coverage -O0)
    add_link_options(--coverage)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${CCACHE_PROGRAM})
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
    add_link_options(-fuse-ld=mold)
endif()

# A precompiled header is 200 MB: every target takes one of two, made once here.
foreach(set core widgets)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch/${set}.cpp CONTENT "// precompiled header only\n")
    add_library(kindling_pch_${set} OBJECT ${CMAKE_BINARY_DIR}/pch/${set}.cpp)
    set_target_properties(kindling_pch_${set} PROPERTIES AUTOMOC OFF AUTORCC OFF)
    target_link_libraries(kindling_pch_${set} PRIVATE project_options project_warnings $<IF:$<STREQUAL:${set},core>,Qt6::Core,Qt6::Widgets>)
    target_compile_definitions(kindling_pch_${set} PRIVATE QT_NO_KEYWORDS)
    target_precompile_headers(kindling_pch_${set} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch_${set}.h)
endforeach()

function(kindling_precompile target isWidgets)
    if(isWidgets)
        target_precompile_headers(${target} REUSE_FROM kindling_pch_widgets)
    else()
        target_precompile_headers(${target} REUSE_FROM kindling_pch_core)
    endif()
endfunction()

# kindling_layer(NAME SOURCES f… LINK t… [WIDGETS])
# One folder, one static library named kindling_NAME; LINK lists what it may include.
function(kindling_layer name)
    cmake_parse_arguments(arg "WIDGETS;KEYWORDS" "" "SOURCES;LINK" ${ARGN})
    add_library(kindling_${name} STATIC ${arg_SOURCES})
    target_link_libraries(kindling_${name} PUBLIC project_options ${arg_LINK} PRIVATE project_warnings)
    if(NOT arg_KEYWORDS)
        target_compile_definitions(kindling_${name} PRIVATE QT_NO_KEYWORDS)
        kindling_precompile(kindling_${name} "${arg_WIDGETS}")
    endif()
endfunction()

add_library(test_warnings INTERFACE)
target_compile_options(test_warnings INTERFACE -Wno-conversion -Wno-sign-conversion)

# What is in the tst_*.cpp of a test program.
function(kindling_test_classes result)
    set(classes)
    foreach(source ${ARGN})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
        file(STRINGS ${source} lines REGEX "^KINDLING_TEST\\(")
        list(TRANSFORM lines REPLACE "^KINDLING_TEST\\((.*)\\)$" "\\1")
        list(APPEND classes ${lines})
    endforeach()
    set(${result} ${classes} PARENT_SCOPE)
endfunction()

# kindling_test(NAME SOURCES f… LINK t… [LABELS l…] [TIMEOUT s] [WIDGETS] [EACH_CLASS])
# One test program of many cases; every tst_*.cpp in it registers itself by KINDLING_TEST (tests/support/testmain.h).
# EACH_CLASS: a ctest entry for each class, so that they run side by side.
function(kindling_test name)
    cmake_parse_arguments(arg "WIDGETS;EACH_CLASS" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    add_executable(test_${name} ${arg_SOURCES})
    target_link_libraries(test_${name} PRIVATE project_options project_warnings kindling_test_support Qt6::Test ${arg_LINK})
    # QTRY_* converts; interface options come last, so the flags must as well.
    target_link_libraries(test_${name} PRIVATE test_warnings)
    target_compile_definitions(test_${name} PRIVATE QT_NO_KEYWORDS
        KINDLING_SOURCE_DIR="${PROJECT_SOURCE_DIR}" KINDLING_BINARY="$<TARGET_FILE:kindling>")
    kindling_precompile(test_${name} "${arg_WIDGETS}")
    if(arg_EACH_CLASS)
        set(entries)
        kindling_test_classes(classes ${arg_SOURCES})
        foreach(class ${classes})
            add_test(NAME ${name}_${class} COMMAND test_${name} ${class})
            list(APPEND entries ${name}_${class})
        endforeach()
    else()
        add_test(NAME ${name} COMMAND test_${name})
        set(entries ${name})
    endif()
    set_tests_properties(${entries} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_FORCE_STDERR_LOGGING=1;LC_ALL=C.UTF-8")
endfunction()

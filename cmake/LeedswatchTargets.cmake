# leedswatch_library(NAME [LIBRARIES ...]): the folder it is called in becomes the library leedswatch_NAME, alias
# leedswatch::NAME, of all its sources. The layers that it may use are read from cmake/layers.txt, so that the table that
# the test enforces is the table that is linked. LIBRARIES names the outside libraries.
file(STRINGS "${CMAKE_CURRENT_SOURCE_DIR}/cmake/layers.txt" LEEDSWATCH_LAYERS REGEX "^[a-z]+:")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/cmake/layers.txt")

function(leedswatch_layers_of name result)
  foreach(line IN LISTS LEEDSWATCH_LAYERS)
    if(line MATCHES "^${name}:(.*)$")
      string(REGEX MATCHALL "[a-z]+" below "${CMAKE_MATCH_1}")
      list(TRANSFORM below PREPEND leedswatch::)
      set(${result} ${below} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "cmake/layers.txt has no line for ${name}")
endfunction()

# What nearly every source includes, read once for all. "release", "bench" and "fuzz" go without, so that a forgotten include is found.
set(LEEDSWATCH_COMMON_HEADERS <algorithm> <chrono> <filesystem> <functional> <map> <memory> <mutex> <optional> <ranges> <span> <sstream>
  <string> <thread> <vector> <nlohmann/json.hpp> <spdlog/spdlog.h> "${CMAKE_CURRENT_SOURCE_DIR}/src/base/result.h")

# leedswatch_join(TARGET): its sources are compiled LEEDSWATCH_JOINED of a folder at a time; most of a compiler's time goes into templates that
# they have in common.
function(leedswatch_join target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # A lambda in a member function may hold what an unnamed namespace declares: only a joined source looks like a header then.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  set(folder_before "none yet")
  foreach(source IN LISTS sources)
    get_filename_component(folder "${source}" DIRECTORY)
    if(NOT folder STREQUAL folder_before)
      set(place 0)
      set(folder_before "${folder}")
    endif()
    get_filename_component(name "${folder}" NAME)
    math(EXPR group "${place} / ${LEEDSWATCH_JOINED}")
    math(EXPR place "${place} + 1")
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${name}_${group}")
  endforeach()
endfunction()

# leedswatch_compile_fast(TARGET [FROM target] [HEADERS headers...]): TARGET makes a precompiled header, or takes that of another
# target, and where nobody edits (in CI and under the sanitizers) its sources are joined. What computes is in src/: windows and
# tests are not optimised there, which halves their time, and that of linking is a matter of the linker.
function(leedswatch_compile_fast target)
  cmake_parse_arguments(ARG "" "FROM" "HEADERS" ${ARGN})
  if(LEEDSWATCH_JOINED)
    leedswatch_join(${target})
    if(NOT "${target};${ARG_FROM}" MATCHES "leedswatch_base")
      target_compile_options(${target} PRIVATE -O0 -U_FORTIFY_SOURCE)
    endif()
  endif()
  if(NOT LEEDSWATCH_PRECOMPILED)
    return()
  endif()
  if(ARG_FROM)
    target_precompile_headers(${target} REUSE_FROM ${ARG_FROM})
  else()
    target_precompile_headers(${target} PRIVATE ${LEEDSWATCH_COMMON_HEADERS} ${ARG_HEADERS})
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  endif()
endfunction()

function(leedswatch_library name)
  cmake_parse_arguments(ARG "" "" "LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp *.h)
  leedswatch_layers_of(${name} below)
  add_library(leedswatch_${name} STATIC ${sources})
  add_library(leedswatch::${name} ALIAS leedswatch_${name})
  if(name STREQUAL "base")
    leedswatch_compile_fast(leedswatch_base)
  else()
    leedswatch_compile_fast(leedswatch_${name} FROM leedswatch_base)
  endif()
  target_include_directories(leedswatch_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(leedswatch_${name} PUBLIC ${below} ${ARG_LIBRARIES} PRIVATE leedswatch_flags)
endfunction()

# leedswatch_program(NAME SOURCES... LAYERS layers...): an executable that is installed.
function(leedswatch_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LAYERS;LIBRARIES" ${ARGN})
  list(TRANSFORM ARG_LAYERS PREPEND leedswatch::)
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LAYERS} ${ARG_LIBRARIES} leedswatch_flags)
  if("leedswatch::ui" IN_LIST ARG_LAYERS)
    leedswatch_compile_fast(${name} FROM leedswatch_ui)
  else()
    leedswatch_compile_fast(${name} FROM leedswatch_base)
  endif()
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# Where real footage is for the tests that use some; they skip, and say so, where it is missing.
set(LEEDSWATCH_FOOTAGE "$ENV{LEEDSWATCH_FOOTAGE}")
if(NOT LEEDSWATCH_FOOTAGE)
  set(LEEDSWATCH_FOOTAGE "${PROJECT_SOURCE_DIR}/../shared/footage")
endif()

# leedswatch_test(NAME [LAYERS layers...] [LIBRARIES ...] [LABELS ...]): the folder's GoogleTest program, one ctest a case.
# A program takes longer to start than most cases take to run: in CI and under the address sanitizer it is run four times, a
# quarter of the cases each. The thread sanitizer gets slower with each race that it found in GLib and FFmpeg and was told to
# pass over, so that the third camera in a process is too slow: there each case has a process.
# COMPUTE names sources that are optimised everywhere, as they draw pictures pixel by pixel.
function(leedswatch_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "LAYERS;LIBRARIES;LABELS;COMPUTE" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp *.h)
  list(TRANSFORM ARG_LAYERS PREPEND leedswatch::)
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE ${ARG_LAYERS} leedswatch_test_support ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main leedswatch_flags)
  leedswatch_compile_fast(test_${name} FROM leedswatch_test_support)
  if(LEEDSWATCH_JOINED)
    set_source_files_properties(${ARG_COMPUTE} PROPERTIES COMPILE_OPTIONS -O1 SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
  set(environment "LEEDSWATCH_FOOTAGE=${LEEDSWATCH_FOOTAGE}")
  if(LEEDSWATCH_JOINED AND NOT LEEDSWATCH_SANITIZE STREQUAL "thread")
    foreach(quarter RANGE 3)
      add_test(NAME ${name}.${quarter} COMMAND test_${name})
      set_tests_properties(${name}.${quarter} PROPERTIES TIMEOUT 1200 LABELS "${ARG_LABELS}"
        ENVIRONMENT "${environment};GTEST_TOTAL_SHARDS=4;GTEST_SHARD_INDEX=${quarter}")
    endforeach()
    return()
  endif()
  gtest_discover_tests(test_${name} TEST_PREFIX "${name}." NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "${environment}" LABELS "${ARG_LABELS}")
endfunction()
include(GoogleTest)

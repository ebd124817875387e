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

function(leedswatch_library name)
  cmake_parse_arguments(ARG "" "" "LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp *.h)
  leedswatch_layers_of(${name} below)
  add_library(leedswatch_${name} STATIC ${sources})
  add_library(leedswatch::${name} ALIAS leedswatch_${name})
  # Nobody works in a sanitizer's build folder, it is built whole: several sources at a time take a third of the time.
  if(LEEDSWATCH_SANITIZE)
    set_target_properties(leedswatch_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
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
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# Where real footage is for the tests that use some; they skip, and say so, where it is missing.
set(LEEDSWATCH_FOOTAGE "$ENV{LEEDSWATCH_FOOTAGE}")
if(NOT LEEDSWATCH_FOOTAGE)
  set(LEEDSWATCH_FOOTAGE "${PROJECT_SOURCE_DIR}/../shared/footage")
endif()

# leedswatch_test(NAME [LAYERS layers...] [LIBRARIES ...] [LABELS ...]): the folder's GoogleTest program, one ctest a case.
function(leedswatch_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "LAYERS;LIBRARIES;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp *.h)
  list(TRANSFORM ARG_LAYERS PREPEND leedswatch::)
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE ${ARG_LAYERS} leedswatch_test_support ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main leedswatch_flags)
  gtest_discover_tests(test_${name} TEST_PREFIX "${name}." NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "LEEDSWATCH_FOOTAGE=${LEEDSWATCH_FOOTAGE}" LABELS "${ARG_LABELS}")
endfunction()
include(GoogleTest)

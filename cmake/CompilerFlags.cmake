# Flags for our own code; libraries are included as SYSTEM, so that their warnings stay theirs.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Without these two ccache passes by every source with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# A tenth of the time of a whole build goes into linking a hundred test programs, with the usual linker.
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND LEEDSWATCH_JOINED)
  add_link_options(-fuse-ld=mold)
endif()

add_library(leedswatch_flags INTERFACE)
target_compile_options(leedswatch_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror=return-type
  -Werror=unused-result -Werror=switch)
target_compile_definitions(leedswatch_flags INTERFACE $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)

if(LEEDSWATCH_SANITIZE)
  add_compile_options(-fsanitize=${LEEDSWATCH_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${LEEDSWATCH_SANITIZE})
  # The undefined-behaviour sanitizer's check of virtual tables needs the type information of SOCI's classes, which Debian's
  # library does not export: nothing that includes its headers would link.
  # Three more check each use of each pointer, which takes GCC as long to compile as all else: what they find beyond the address
  # sanitizer does no harm on this processor. The fuzzers, which clang compiles, have them.
  if(LEEDSWATCH_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr $<$<CXX_COMPILER_ID:GNU>:-fno-sanitize=null,object-size,alignment>)
  endif()
endif()

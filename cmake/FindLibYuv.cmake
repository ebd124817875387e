# Debian's libyuv ships no CMake files. Defines LibYuv::yuv.
find_path(LIBYUV_INCLUDE_DIR libyuv.h)
find_library(LIBYUV_LIBRARY yuv)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibYuv REQUIRED_VARS LIBYUV_INCLUDE_DIR LIBYUV_LIBRARY)
if(LibYuv_FOUND AND NOT TARGET LibYuv::yuv)
  add_library(LibYuv::yuv SHARED IMPORTED)
  set_target_properties(LibYuv::yuv PROPERTIES IMPORTED_LOCATION "${LIBYUV_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${LIBYUV_INCLUDE_DIR}")
endif()

# Debian keeps OpenCV's own CMake files in libopencv-dev, which installs every module and VTK with it. We use a few modules
# from their own -dev packages. Defines OpenCV::NAME for each component asked for.
find_path(OpenCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
set(OpenCV_libraries)
foreach(component IN LISTS OpenCV_FIND_COMPONENTS)
  find_library(OpenCV_${component}_LIBRARY opencv_${component})
  list(APPEND OpenCV_libraries OpenCV_${component}_LIBRARY)
  if(OpenCV_${component}_LIBRARY AND OpenCV_INCLUDE_DIR AND NOT TARGET OpenCV::${component})
    add_library(OpenCV::${component} SHARED IMPORTED)
    set_target_properties(OpenCV::${component} PROPERTIES IMPORTED_LOCATION "${OpenCV_${component}_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${OpenCV_INCLUDE_DIR}")
  endif()
endforeach()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCV REQUIRED_VARS OpenCV_INCLUDE_DIR ${OpenCV_libraries})

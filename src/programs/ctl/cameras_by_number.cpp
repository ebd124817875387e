#include "programs/ctl/cameras_by_number.h"

namespace leedswatch::ctl {

/// Numbers of the cameras by their rows, for what is stored by row.
base::Result<std::map<estate::CameraId, int>> cameraNumbers(store::Database& database) {
    estate::CameraRegistry registry{database};
    TRY_ASSIGN(const auto cameras, registry.list());
    std::map<estate::CameraId, int> numbers;
    for (const estate::Camera& camera : cameras) {
        numbers[camera.id] = camera.number;
    }
    return numbers;
}

base::Result<std::vector<estate::Camera>> camerasNamed(store::Database& database, const std::vector<int>& numbers) {
    estate::CameraRegistry registry{database};
    std::vector<estate::Camera> cameras;
    for (const int number : numbers) {
        TRY_ASSIGN(auto camera, registry.find(number));
        cameras.push_back(std::move(camera));
    }
    return cameras;
}

}  // namespace leedswatch::ctl

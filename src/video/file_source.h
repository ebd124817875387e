#pragma once

#include "video/stream_source.h"

namespace leedswatch::video {

/// A video file as a camera: shown at its own pace by the steady clock, over and over, with times that go on growing.
/// Its sound, where that is wanted, comes ahead of its pictures as it lies in the file.
class FileSource : public StreamSource {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<FileSource>> open(const std::string& path, bool wantsSound,
                                                                        const base::Clock& clock, std::stop_token stop);
};

}  // namespace leedswatch::video

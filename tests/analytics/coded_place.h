#pragma once

#include "drawn_place.h"
#include "support/test_encoder.h"
#include "video/packet.h"

#include <functional>
#include <vector>

namespace leedswatch::analytics {

/// The encoder of a camera that looks at a DrawnPlace: a key frame every two seconds, as many bytes as it takes.
[[nodiscard]] tests::EncoderSettings placeEncoder(video::VideoCodec codec = video::VideoCodec::H264);

/// What such a camera sends of the place from one second until another; times are the place's.
[[nodiscard]] std::vector<video::Packet> codedPlace(DrawnPlace& place, double from, double until,
                                                    const tests::EncoderSettings& settings = placeEncoder());

/// The same of any pictures; they are made as large as the encoder has them.
[[nodiscard]] std::vector<video::Packet> codedPictures(const std::function<cv::Mat(double seconds)>& picture,
                                                       double from, double until,
                                                       const tests::EncoderSettings& settings = placeEncoder());

[[nodiscard]] double secondsOf(const video::Packet& packet);

}  // namespace leedswatch::analytics

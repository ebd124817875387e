#pragma once

#include "video/packet.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

struct AVFrame;

namespace leedswatch::tests {

/// Real footage, or nothing if it is not there.
[[nodiscard]] std::optional<std::filesystem::path> footage(const std::string& name);

/// What a source would give of a file.
struct StreamFile {
    std::string codec;                   ///< FFmpeg's name
    bool isCarried = false;              ///< it is one of ours; else there are no packets
    std::vector<video::Packet> packets;  ///< in the order of decoding; the first at time 0 and at `begin`
    /// MD5 of each picture as libavcodec shows them when it decodes the file itself, without our parts.
    std::vector<std::string> direct;
};

/// Takes the first video stream through its parser. A raw byte stream and AVI have no times of showing: their pictures
/// get 25 a second in the order in which libavcodec shows them, and a second field the time of its first.
[[nodiscard]] StreamFile readStreamFile(const std::filesystem::path& file, base::UtcTime begin);

/// MD5 of each picture of a stream as libavcodec shows them when it is told of it by its format alone.
[[nodiscard]] std::vector<std::string> decodeDirectly(const std::vector<video::Packet>& packets);

/// Of the visible samples, plane after plane, without padding: what FFmpeg's framemd5 counts.
[[nodiscard]] std::string md5Of(const AVFrame& picture);

/// The sums of a .framemd5 file: one for each picture shown, a pair of fields being one picture, after cropping.
[[nodiscard]] std::vector<std::string> readFrameMd5(const std::filesystem::path& file);

}  // namespace leedswatch::tests

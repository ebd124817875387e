#include "transcode/film_hash.h"

#include "base/file.h"

#include <vector>

namespace leedswatch::transcode {
namespace {

constexpr std::size_t kHashedAtOnce = 1 << 20;

}  // namespace

base::Result<FilmHash> hashFilm(const std::filesystem::path& file, const std::stop_token& stop, const BytesTold& told) {
    TRY_ASSIGN(auto opened, base::File::openForReading(file));
    std::vector<std::byte> block(kHashedAtOnce);
    base::Sha256 hash;
    FilmHash read;
    while (!stop.stop_requested()) {
        TRY_ASSIGN(const std::size_t count, opened.read(block));
        if (count == 0) {
            read.sha256 = hash.digest();
            return read;
        }
        hash.add(std::span{block}.first(count));
        read.bytes += count;
        told(read.bytes);
    }
    return base::fail(base::ErrorCode::Cancelled, "stopped while reading " + file.string());
}

}  // namespace leedswatch::transcode

#pragma once

#include <cstdint>
#include <filesystem>

namespace leedswatch::station {

/// Room on the disk that is kept for the moment when it is full: given free, a fault can still be written that says so.
/// One thread.
class DiskReserve {
public:
    explicit DiskReserve(std::filesystem::path file) : m_file{std::move(file)} {}

    /// Takes the room, if it has not got it. False: the disk does not have it.
    [[nodiscard]] bool take() const;
    void giveFree() const;

    static constexpr std::int64_t bytes = 4 << 20;

private:
    const std::filesystem::path m_file;
};

}  // namespace leedswatch::station

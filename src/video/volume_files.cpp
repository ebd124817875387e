#include "video/volume_files.h"

#include "base/file.h"

#include <algorithm>
#include <utility>

namespace leedswatch::video {
namespace {

constexpr std::size_t kLongestMark = 4'096;

std::string markText(const ArchiveVolume& volume) {
    return "leedswatch archive volume\n" + volume.identity + "\n";
}

std::string nameOf(const ArchiveVolume& volume) {
    return "volume " + volume.name + " (" + volume.folder.string() + ")";
}

}  // namespace

base::Result<void> requireMark(const ArchiveVolume& volume) {
    const auto found = base::readWholeFile(volume.folder / volumeMarkName, kLongestMark);
    if (found && *found == markText(volume)) {
        return {};
    }
    if (found) {
        return base::fail(base::ErrorCode::StorageFailed,
                          nameOf(volume) + " has the mark of another volume: the wrong disk is mounted there");
    }
    if (found.error().code == base::ErrorCode::NotFound) {
        return base::fail(base::ErrorCode::StorageFailed, nameOf(volume) + " is not there: its mark " + volumeMarkName +
                                                              " is missing, so nothing is mounted");
    }
    return base::fail(base::ErrorCode::StorageFailed, nameOf(volume) + " cannot be read: " + found.error().message);
}

std::string identityIn(const std::filesystem::path& folder) {
    const auto text = base::readWholeFile(folder / volumeMarkName, kLongestMark).value_or("");
    ArchiveVolume volume;
    volume.identity = text.substr(std::min(text.find('\n') + 1, text.size()));
    volume.identity = volume.identity.substr(0, volume.identity.find('\n'));
    return text == markText(volume) ? volume.identity : std::string{};
}

base::Result<void> writeMark(const ArchiveVolume& volume) {
    const auto path = volume.folder / volumeMarkName;
    if (const auto found = base::readWholeFile(path, kLongestMark); found && *found != markText(volume)) {
        return base::fail(base::ErrorCode::InvalidInput,
                          volume.folder.string() + " is a volume already, of this installation or another");
    }
    return base::replaceFile(path, markText(volume));
}

void VolumeFiles::close(std::optional<base::Error> because) {
    const std::scoped_lock lock{m_mutex};
    m_closed = std::move(because);
}

base::Result<void> VolumeFiles::requireOpen() {
    {
        const std::scoped_lock lock{m_mutex};
        if (m_closed) {
            return base::fail(*m_closed);
        }
    }
    return requireMark(m_volume);
}

base::Result<std::unique_ptr<ArchiveFile>> VolumeFiles::create(const std::filesystem::path& path) {
    TRY(requireOpen());
    return m_disk.create(path);
}

base::Result<std::unique_ptr<ArchiveFile>> VolumeFiles::open(const std::filesystem::path& path) {
    TRY(requireMark(m_volume));
    return m_disk.open(path);
}

base::Result<void> VolumeFiles::createFolders(const std::filesystem::path& folder) {
    TRY(requireOpen());
    return m_disk.createFolders(folder);
}

base::Result<void> VolumeFiles::syncFolder(const std::filesystem::path& folder) {
    return m_disk.syncFolder(folder);
}

base::Result<void> VolumeFiles::remove(const std::filesystem::path& path) {
    // An empty mount point would make every file look removed.
    TRY(requireMark(m_volume));
    return m_disk.remove(path);
}

}  // namespace leedswatch::video

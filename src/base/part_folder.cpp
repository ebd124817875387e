#include "base/part_folder.h"

#include "base/hash.h"

#include <spdlog/spdlog.h>

#include <string_view>
#include <system_error>
#include <utility>

namespace leedswatch::base {
namespace {

constexpr std::string_view mark = ".part-";
constexpr std::string_view lockSuffix = ".lock";
constexpr std::size_t randomBytesInName = 4;

std::filesystem::path lockOf(const std::filesystem::path& part) {
    return part.string() + std::string{lockSuffix};
}

/// The end of the name, which is all that the technical log may hold of it: people name clips after persons.
std::string shortNameOf(const std::filesystem::path& part) {
    const std::string name = part.filename();
    return name.substr(name.rfind(mark));
}

/// The part folder that this is the lock of, if it is one.
std::optional<std::filesystem::path> partOfLock(const std::filesystem::path& lock) {
    const std::string name = lock.filename();
    if (!name.starts_with('.') || !name.ends_with(lockSuffix)) {
        return std::nullopt;
    }
    const std::string_view part{name.data(), name.size() - lockSuffix.size()};
    const auto place = part.rfind(mark);
    if (place == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view random = part.substr(place + mark.size());
    const bool isOurs = random.size() == 2 * randomBytesInName && fromHex(random);
    return isOurs ? std::optional{lock.parent_path() / part} : std::nullopt;
}

RemovedPart measure(const std::filesystem::path& part) {
    RemovedPart found{part};
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry{part, error}, end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        const auto bytes = entry->is_regular_file(ignored) ? entry->file_size(ignored) : 0;
        found.files += entry->is_regular_file(ignored) ? 1 : 0;
        found.bytes += ignored ? 0 : bytes;
    }
    return found;
}

/// With the lock of its writer in hand, which goes last: what could not be removed is found again the next time.
std::optional<RemovedPart> removePart(const std::filesystem::path& part) {
    const RemovedPart found = measure(part);
    std::error_code error;
    const auto removed = std::filesystem::remove_all(part, error);
    if (error) {
        spdlog::warn("{}, which an export left behind that was killed, cannot be removed: {}", shortNameOf(part),
                     error.message());
        return std::nullopt;
    }
    std::filesystem::remove(lockOf(part), error);
    if (removed == 0) {
        return std::nullopt;  // it was killed before the folder was made, or after that got its name
    }
    spdlog::warn("removed {} ({} files, {} bytes), which an export left behind that was killed", shortNameOf(part),
                 found.files, found.bytes);
    return found;
}

}  // namespace

Result<PartFolder> PartFolder::create(const std::filesystem::path& target) {
    const auto parent = target.parent_path().empty() ? std::filesystem::path{"."} : target.parent_path();
    TRY(createFolders(parent));
    PartFolder part{parent /
                    ("." + target.filename().string() + std::string{mark} + toHex(randomBytes(randomBytesInName)))};
    TRY(createFolders(part.m_path));
    return part;
}

PartFolder::PartFolder(std::filesystem::path path) : m_path{std::move(path)} {
    auto lock = FileLock::acquire(lockOf(m_path));
    if (lock) {
        m_lock = std::move(*lock);
    } else {
        removeLock();
    }
}

PartFolder::PartFolder(PartFolder&& other) noexcept
    : m_path{std::exchange(other.m_path, {})}, m_lock{std::exchange(other.m_lock, std::nullopt)} {}

PartFolder::~PartFolder() {
    if (!m_path.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
        removeLock();
    }
}

void PartFolder::release() {
    removeLock();
    m_path.clear();
}

void PartFolder::removeLock() {
    std::error_code ignored;
    std::filesystem::remove(lockOf(m_path), ignored);
}

std::vector<RemovedPart> removeAbandonedParts(const std::filesystem::path& parent) {
    std::vector<std::filesystem::path> parts;
    std::error_code error;
    for (std::filesystem::directory_iterator entry{parent, error}, end; !error && entry != end;
         entry.increment(error)) {
        if (const auto part = partOfLock(entry->path())) {
            parts.push_back(*part);
        }
    }
    std::vector<RemovedPart> removed;
    for (const auto& part : parts) {
        if (const auto lock = FileLock::acquire(lockOf(part))) {
            if (auto one = removePart(part)) {
                removed.push_back(std::move(*one));
            }
        }
    }
    return removed;
}

}  // namespace leedswatch::base

#include "transcode/work_folder.h"

#include "transcode/work_state_json.h"

#include <fmt/format.h>

#include <set>
#include <system_error>

namespace leedswatch::transcode {
namespace {

constexpr std::string_view kStateName = "state.json";
constexpr std::string_view kLockName = "lock";

/// Nobody else's file is touched, should a folder of that name have been there before.
bool isOfWork(const std::filesystem::path& file) {
    const std::string name = file.filename();
    return name == kLockName || name == "result.mp4" || name.starts_with(kStateName) ||
           (name.starts_with("piece-") && name.ends_with(".nut"));
}

}  // namespace

std::filesystem::path WorkFolder::pathOf(const std::filesystem::path& target) {
    return target.string() + ".part";
}

base::Result<WorkFolder> WorkFolder::lock(const std::filesystem::path& target) {
    const auto path = pathOf(target);
    auto lock = base::FileLock::acquire(path / kLockName);
    if (!lock) {
        const bool isBusy = lock.error().code == base::ErrorCode::Busy;
        return base::fail(
            lock.error().code,
            isBusy ? target.string() + " is being made by another run: " + lock.error().message : lock.error().message);
    }
    return WorkFolder{path, std::move(*lock)};
}

base::Result<WorkFolder> WorkFolder::open(const std::filesystem::path& target, const TranscodeOptions& options,
                                          const FilmHash& source, const std::stop_token& stop,
                                          const std::function<void(std::uint64_t, std::uint64_t)>& told) {
    TRY(base::createFolders(pathOf(target)));
    TRY_ASSIGN(auto folder, lock(target));
    const auto text = base::readWholeFile(folder.m_path / kStateName);
    folder.m_state = text ? workStateFrom(*text) : std::nullopt;
    const auto& state = folder.m_state;
    if (state &&
        (state->options != options || state->survey.bytes != source.bytes || state->survey.sha256 != source.sha256)) {
        folder.m_state.reset();
    }
    TRY(folder.keepWholePieces(stop, told));
    TRY(folder.removeOthers());
    return folder;
}

base::Result<void> WorkFolder::discard(const std::filesystem::path& target) {
    std::error_code error;
    if (!std::filesystem::is_directory(pathOf(target), error)) {
        return {};
    }
    TRY_ASSIGN(auto folder, lock(target));
    folder.remove();
    return {};
}

base::Result<void> WorkFolder::begin(WorkState state) {
    m_state = std::move(state);
    return save();
}

base::Result<void> WorkFolder::add(const Piece& piece) {
    m_state->pieces.push_back(piece);
    TRY(base::syncFolder(m_path));
    return save();
}

std::filesystem::path WorkFolder::pieceFile(std::int64_t begin) const {
    return m_path / fmt::format("piece-{:09}.nut", begin);
}

void WorkFolder::remove() {
    std::error_code ignored;
    m_state.reset();
    static_cast<void>(removeOthers());
    std::filesystem::remove(m_path / kLockName, ignored);
    m_lock.reset();
    std::filesystem::remove(m_path, ignored);
}

base::Result<void> WorkFolder::save() const {
    return base::replaceFile(m_path / kStateName, toJson(*m_state).dump(1) + "\n");
}

base::Result<void> WorkFolder::keepWholePieces(const std::stop_token& stop,
                                               const std::function<void(std::uint64_t, std::uint64_t)>& told) {
    if (!m_state) {
        return {};
    }
    auto& pieces = m_state->pieces;
    std::uint64_t all = 0;
    for (const Piece& piece : pieces) {
        std::error_code error;
        const auto bytes = std::filesystem::file_size(pieceFile(piece.begin), error);
        all += error ? 0 : bytes;
    }
    std::uint64_t before = 0;
    std::int64_t next = 0;
    for (auto piece = pieces.begin(); piece != pieces.end(); ++piece) {
        const auto read =
            hashFilm(pieceFile(piece->begin), stop, [&](std::uint64_t done) { told(before + done, all); });
        if (!read && read.error().code == base::ErrorCode::Cancelled) {
            return base::fail(read.error());
        }
        if (!read || piece->begin != next || piece->end <= piece->begin || read->sha256 != piece->sha256) {
            pieces.erase(piece, pieces.end());
            break;
        }
        before += read->bytes;
        next = piece->end;
    }
    return {};
}

base::Result<void> WorkFolder::removeOthers() const {
    std::set<std::filesystem::path> kept{m_path / kLockName};
    if (m_state) {
        kept.insert(m_path / kStateName);
        for (const Piece& piece : m_state->pieces) {
            kept.insert(pieceFile(piece.begin));
        }
    }
    std::error_code error;
    std::vector<std::filesystem::path> others;
    for (const auto& entry : std::filesystem::directory_iterator{m_path, error}) {
        if (isOfWork(entry.path()) && !kept.contains(entry.path())) {
            others.push_back(entry.path());
        }
    }
    for (const auto& other : others) {
        std::filesystem::remove(other, error);
    }
    if (error) {
        return base::fail(base::ErrorCode::StorageFailed,
                          "the work folder " + m_path.string() + " cannot be used: " + error.message());
    }
    return {};
}

}  // namespace leedswatch::transcode

#pragma once

#include "base/file.h"
#include "transcode/film_hash.h"
#include "transcode/piece_file.h"
#include "transcode/survey.h"
#include "transcode/transcode_options.h"

#include <optional>

namespace leedswatch::transcode {

/// What is known and done of one order, as `state.json` keeps it.
struct WorkState {
    TranscodeOptions options;
    Survey survey;
    std::vector<Piece> pieces;
};

/// The folder `OUT.part` in which OUT is made, piece by piece. It stays when the work is stopped, and the next run goes
/// on with what is whole in it: a piece counts from the moment `state.json` names it, which is after it is on the disk.
/// Locked while it is worked in. One thread.
class WorkFolder {
public:
    /// Makes it, or finds it with what is still good: pieces of another source or other options, and any that is not
    /// as it was written, are removed. `told` hears how many bytes of how many have been read for that. Errors: Busy
    /// (another run works on it), StorageFailed, StorageFull, Cancelled (all is as it was).
    [[nodiscard]] static base::Result<WorkFolder> open(const std::filesystem::path& target,
                                                       const TranscodeOptions& options, const FilmHash& source,
                                                       const std::stop_token& stop,
                                                       const std::function<void(std::uint64_t, std::uint64_t)>& told);
    /// Where `target` is made.
    [[nodiscard]] static std::filesystem::path pathOf(const std::filesystem::path& target);
    /// Whoever gave the order wants it no more: what is made of it so far is removed. Errors: Busy, StorageFailed.
    [[nodiscard]] static base::Result<void> discard(const std::filesystem::path& target);

    /// Nothing yet, or nothing that can be used.
    [[nodiscard]] const std::optional<WorkState>& state() const { return m_state; }
    [[nodiscard]] base::Result<void> begin(WorkState state);
    [[nodiscard]] base::Result<void> add(const Piece& piece);
    /// Of the piece that begins there.
    [[nodiscard]] std::filesystem::path pieceFile(std::int64_t begin) const;
    [[nodiscard]] std::filesystem::path resultFile() const { return m_path / "result.mp4"; }
    /// The work is done, or there is nothing in it to go on with.
    void remove();

private:
    WorkFolder(std::filesystem::path path, base::FileLock lock) : m_path{std::move(path)}, m_lock{std::move(lock)} {}
    [[nodiscard]] base::Result<void> save() const;
    [[nodiscard]] static base::Result<WorkFolder> lock(const std::filesystem::path& target);
    [[nodiscard]] base::Result<void> keepWholePieces(const std::stop_token& stop,
                                                     const std::function<void(std::uint64_t, std::uint64_t)>& told);
    [[nodiscard]] base::Result<void> removeOthers() const;

    std::filesystem::path m_path;
    std::optional<base::FileLock> m_lock;
    std::optional<WorkState> m_state;
};

}  // namespace leedswatch::transcode

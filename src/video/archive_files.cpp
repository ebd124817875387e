#include "video/archive_files.h"

#include "base/file.h"

#include <unistd.h>

#include <cerrno>

namespace leedswatch::video {
namespace {

class DiskFile final : public ArchiveFile {
public:
    explicit DiskFile(base::File file) : m_file{std::move(file)} {}

    base::Result<void> write(std::span<const std::byte> bytes) override { return m_file.write(bytes); }
    base::Result<void> truncate(std::uint64_t size) override { return m_file.truncate(size); }
    base::Result<void> sync() override { return m_file.sync(); }

private:
    base::File m_file;
};

}  // namespace

base::Result<std::unique_ptr<ArchiveFile>> DiskArchiveFiles::create(const std::filesystem::path& path) {
    TRY_ASSIGN(auto file, base::File::create(path));
    return std::make_unique<DiskFile>(std::move(file));
}

base::Result<std::unique_ptr<ArchiveFile>> DiskArchiveFiles::open(const std::filesystem::path& path) {
    TRY_ASSIGN(auto file, base::File::openForWriting(path));
    return std::make_unique<DiskFile>(std::move(file));
}

base::Result<void> DiskArchiveFiles::createFolders(const std::filesystem::path& folder) {
    return base::createFolders(folder);
}

base::Result<void> DiskArchiveFiles::syncFolder(const std::filesystem::path& folder) {
    return base::syncFolder(folder);
}

base::Result<void> DiskArchiveFiles::remove(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0) {
        return base::fail(base::errorFromErrno(errno, "remove " + path.string()));
    }
    return {};
}

}  // namespace leedswatch::video

#include "base/file.h"

#include "base/hash.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace leedswatch::base {
namespace {

Result<int> openDescriptor(const std::filesystem::path& path, int flags, unsigned mode, std::string_view verb) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (descriptor < 0) {
        return fail(errorFromErrno(errno, std::string{verb} + " " + path.string()));
    }
    return descriptor;
}

}  // namespace

Result<File> File::openForReading(const std::filesystem::path& path) {
    TRY_ASSIGN(const int descriptor, openDescriptor(path, O_RDONLY, 0, "open"));
    return File{descriptor, path};
}

Result<File> File::create(const std::filesystem::path& path, unsigned mode) {
    TRY_ASSIGN(const int descriptor, openDescriptor(path, O_WRONLY | O_CREAT | O_EXCL, mode, "create"));
    return File{descriptor, path};
}

Result<File> File::openForWriting(const std::filesystem::path& path) {
    TRY_ASSIGN(const int descriptor, openDescriptor(path, O_RDWR, 0, "open"));
    return File{descriptor, path};
}

File::File(File&& other) noexcept
    : m_descriptor{std::exchange(other.m_descriptor, -1)}, m_path{std::move(other.m_path)} {}

File& File::operator=(File&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_path, other.m_path);
    return *this;
}

File::~File() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Result<std::size_t> File::read(std::span<std::byte> bytes) {
    while (true) {
        const ssize_t count = ::read(m_descriptor, bytes.data(), bytes.size());
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            return fail(errorFromErrno(errno, "read " + m_path.string()));
        }
    }
}

Result<void> File::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(errorFromErrno(errno, "write " + m_path.string()));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> File::truncate(std::uint64_t size) {
    if (::ftruncate(m_descriptor, static_cast<off_t>(size)) != 0) {
        return fail(errorFromErrno(errno, "truncate " + m_path.string()));
    }
    return {};
}

Result<void> File::sync() {
    if (::fdatasync(m_descriptor) != 0) {
        return fail(errorFromErrno(errno, "sync " + m_path.string()));
    }
    return {};
}

Result<std::uint64_t> File::size() const {
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0) {
        return fail(errorFromErrno(errno, "stat " + m_path.string()));
    }
    return static_cast<std::uint64_t>(status.st_size);
}

Result<void> File::close() {
    if (::close(std::exchange(m_descriptor, -1)) != 0) {
        return fail(errorFromErrno(errno, "close " + m_path.string()));
    }
    return {};
}

Result<FileLock> FileLock::acquire(const std::filesystem::path& path) {
    TRY_ASSIGN(const int descriptor, openDescriptor(path, O_RDWR | O_CREAT, 0640, "open"));
    ::close(descriptor);
    TRY_ASSIGN(auto file, File::openForWriting(path));
    if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
        const auto owner = readWholeFile(path, 64);
        return fail(ErrorCode::Busy, path.string() + " is held by process " + owner.value_or("(unknown)"));
    }
    const std::string own = std::to_string(::getpid());
    TRY(file.truncate(0));
    TRY(file.write(std::as_bytes(std::span{own})));
    return FileLock{std::move(file)};
}

Result<void> syncFolder(const std::filesystem::path& folder) {
    TRY_ASSIGN(const int descriptor, openDescriptor(folder, O_RDONLY | O_DIRECTORY, 0, "open"));
    const int answer = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    if (answer != 0) {
        return fail(errorFromErrno(reason, "sync " + folder.string()));
    }
    return {};
}

Result<void> createFolders(const std::filesystem::path& folder) {
    std::error_code ignored;
    if (folder.empty() || std::filesystem::is_directory(folder, ignored)) {
        return {};
    }
    const auto parent = folder.parent_path();
    TRY(createFolders(parent));
    if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) {
        return fail(errorFromErrno(errno, "create folder " + folder.string()));
    }
    return syncFolder(parent.empty() ? "." : parent);
}

Result<std::string> readWholeFile(const std::filesystem::path& path, std::size_t limit) {
    TRY_ASSIGN(auto file, File::openForReading(path));
    std::string text;
    std::vector<std::byte> block(64U << 10U);
    while (true) {
        TRY_ASSIGN(const std::size_t count, file.read(block));
        if (count == 0) {
            return text;
        }
        if (text.size() + count > limit) {
            return fail(ErrorCode::InvalidInput, path.string() + " is larger than " + std::to_string(limit) + " bytes");
        }
        text.append(reinterpret_cast<const char*>(block.data()), count);
    }
}

Result<void> replaceFile(const std::filesystem::path& path, std::string_view text, unsigned mode) {
    const auto beside = path.string() + "." + toHex(randomBytes(6)) + ".new";
    TRY_ASSIGN(auto file, File::create(beside, mode));
    auto written = file.write(std::as_bytes(std::span{text}));
    if (written) {
        written = file.sync();
    }
    if (!written) {
        ::unlink(beside.c_str());
        return written;
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) {
        return fail(errorFromErrno(errno, "rename " + beside));
    }
    return syncFolder(path.parent_path().empty() ? "." : path.parent_path());
}

Result<std::uint64_t> freeSpace(const std::filesystem::path& path) {
    struct statvfs status {};
    if (::statvfs(path.c_str(), &status) != 0) {
        return fail(errorFromErrno(errno, "look at the free space of " + path.string()));
    }
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

}  // namespace leedswatch::base

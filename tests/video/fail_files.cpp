#include "fail_files.h"

namespace leedswatch::tests {
namespace {

class FailFile final : public video::ArchiveFile {
public:
    FailFile(std::unique_ptr<video::ArchiveFile> file, FailFiles& files) : m_file{std::move(file)}, m_files{files} {}

    base::Result<void> write(std::span<const std::byte> bytes) override {
        if (auto passed = m_files.pass("write"); !passed) {
            TRY(m_file->write(bytes.first(bytes.size() / 2)));
            return passed;
        }
        return m_file->write(bytes);
    }
    base::Result<void> truncate(std::uint64_t size) override {
        TRY(m_files.pass("truncate"));
        return m_file->truncate(size);
    }
    base::Result<void> sync() override {
        TRY(m_files.pass("sync"));
        return m_file->sync();
    }

private:
    std::unique_ptr<video::ArchiveFile> m_file;
    FailFiles& m_files;
};

}  // namespace

base::Result<void> FailFiles::pass(const char* what) {
    const int call = ++m_calls;
    if (m_failAt != 0 && (call == m_failAt || (m_always && call > m_failAt))) {
        m_failed = true;
        return base::fail(m_code, std::string{what} + " fails because the test says so");
    }
    return {};
}

void FailFiles::failAt(int call, base::ErrorCode code, bool always) {
    m_code = code;
    m_always = always;
    m_failed = false;
    m_failAt = call == 0 ? 0 : m_calls + call;
}

base::Result<std::unique_ptr<video::ArchiveFile>> FailFiles::create(const std::filesystem::path& path) {
    TRY(pass("create"));
    TRY_ASSIGN(auto file, m_disk.create(path));
    return std::make_unique<FailFile>(std::move(file), *this);
}

base::Result<std::unique_ptr<video::ArchiveFile>> FailFiles::open(const std::filesystem::path& path) {
    TRY(pass("open"));
    TRY_ASSIGN(auto file, m_disk.open(path));
    return std::make_unique<FailFile>(std::move(file), *this);
}

base::Result<void> FailFiles::createFolders(const std::filesystem::path& folder) {
    TRY(pass("createFolders"));
    return m_disk.createFolders(folder);
}

base::Result<void> FailFiles::syncFolder(const std::filesystem::path& folder) {
    TRY(pass("syncFolder"));
    return m_disk.syncFolder(folder);
}

base::Result<void> FailFiles::remove(const std::filesystem::path& path) {
    TRY(pass("remove"));
    return m_disk.remove(path);
}

}  // namespace leedswatch::tests

#include "evidence/snapshot.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/local_time.h"
#include "base/part_folder.h"
#include "video/png.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace leedswatch::evidence {
namespace {

using nlohmann::ordered_json;

constexpr int mostInOneMillisecond = 100;

/// "camera0042_20261122T055512.345Z": sorts by camera and time, and says both wherever it is copied to.
std::string nameOf(const SnapshotSubject& subject, base::UtcTime time) {
    const std::string utc = base::formatUtc(time);  // 2026-11-22T05:55:12.345678Z
    std::string compact;
    std::copy_if(utc.begin(), utc.begin() + 23, std::back_inserter(compact),
                 [](char letter) { return letter != '-' && letter != ':'; });
    std::string number = std::to_string(subject.camera.number);
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
    return "camera" + number + "_" + compact + "Z";
}

std::filesystem::path freeName(const std::filesystem::path& day, const std::string& name) {
    std::filesystem::path target = day / name;
    std::error_code ignored;
    for (int next = 2; std::filesystem::exists(target, ignored) && next < mostInOneMillisecond; ++next) {
        target = day / (name + "-" + std::to_string(next));
    }
    return target;
}

void addMoment(ordered_json& object, const std::string& name, base::UtcTime time) {
    object[name + "_utc"] = base::formatUtc(time);
    object[name + "_local"] = base::formatLocal(time);
}

/// Written, hashed and on the disk.
base::Result<ordered_json> write(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    TRY_ASSIGN(auto file, base::File::create(path));
    TRY(file.write(bytes));
    TRY(file.sync());
    TRY(file.close());
    return ordered_json{
        {"path", path.filename().string()}, {"bytes", bytes.size()}, {"sha256", base::toHex(base::sha256(bytes))}};
}

base::Result<ordered_json> writePicture(const std::filesystem::path& path, const video::FullPicture& picture) {
    TRY_ASSIGN(const auto png, video::pngOf(picture));
    TRY_ASSIGN(auto described, write(path, png));
    described["width"] = picture.width;
    described["height"] = picture.height;
    return described;
}

}  // namespace

std::string_view nameOf(SnapshotSource source) {
    switch (source) {
        case SnapshotSource::MainStream: return "main-stream";
        case SnapshotSource::SubStream: return "sub-stream";
        case SnapshotSource::Recording: return "recording";
    }
    return "main-stream";
}

std::filesystem::path SnapshotArchive::folder() const {
    return m_database.folder() / "snapshots";
}

base::Result<Snapshot> SnapshotArchive::keep(const access::Acting& acting, const SnapshotSubject& subject,
                                             const video::FullPicture& original, const video::FullPicture& marked) {
    TRY(access::require(acting, access::Right::TakeSnapshots));
    if (subject.source == SnapshotSource::Recording) {
        TRY(access::require(acting, access::Right::PlayRecorded));
    }
    const std::filesystem::path day = folder() / base::formatUtc(original.time).substr(0, 10);
    const std::string name = nameOf(subject, original.time);
    const std::filesystem::path target = freeName(day, name);
    TRY_ASSIGN(auto part, base::PartFolder::create(target));
    const Snapshot kept{target, name + "_original.png", name + "_marked.png"};
    TRY_ASSIGN(auto originalFile, writePicture(part.path() / kept.original, original));
    TRY_ASSIGN(auto markedFile, writePicture(part.path() / kept.marked, marked));
    originalFile["what"] = "the picture as it was decoded, its privacy zones hidden";
    originalFile["pixel_aspect"] =
        std::to_string(original.pixelAspectNumerator) + ":" + std::to_string(original.pixelAspectDenominator);
    markedFile["what"] = "the same with camera, time and state written below it";
    ordered_json document;
    document["schema"] = "leedswatch.snapshot/1";
    document["software"] = {{"name", "leedswatch"}, {"version", LEEDSWATCH_VERSION}};
    document["camera"] = {
        {"number", subject.camera.number}, {"name", subject.camera.name}, {"site", subject.camera.site}};
    addMoment(document, "picture", original.time);
    addMoment(document, "taken", m_clock.now());
    document["taken_by"] = {
        {"username", acting.username}, {"name", acting.fullName}, {"workstation", acting.workstation}};
    document["state"] = subject.state;
    document["source"] = nameOf(subject.source);
    document["files"] = ordered_json::array({originalFile, markedFile});
    const std::string manifest = document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
    TRY_ASSIGN(const auto manifestFile,
               write(part.path() / "manifest.json", std::as_bytes(std::span{manifest.data(), manifest.size()})));
    std::string checksums;
    for (const auto* file : std::initializer_list<const ordered_json*>{&originalFile, &markedFile, &manifestFile}) {
        checksums += file->at("sha256").get<std::string>() + "  " + file->at("path").get<std::string>() + "\n";
    }
    TRY(write(part.path() / "manifest-sha256.txt", std::as_bytes(std::span{checksums.data(), checksums.size()})));
    TRY(base::syncFolder(part.path()));
    TRY(publish(acting, subject, part.path(), target, manifestFile.at("sha256").get<std::string>()));
    part.release();
    return kept;
}

/// The folder gets its name and the audit event is written, both or neither.
base::Result<void> SnapshotArchive::publish(const access::Acting& acting, const SnapshotSubject& subject,
                                            const std::filesystem::path& part, const std::filesystem::path& target,
                                            const std::string& manifestSha256) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "snapshot.taken";
    event.object = "camera " + std::to_string(subject.camera.number);
    event.details = {{"camera", subject.camera.number},
                     {"folder", std::filesystem::relative(target, m_database.folder()).generic_string()},
                     {"source", std::string{nameOf(subject.source)}},
                     {"manifest_sha256", manifestSha256}};
    bool named = false;
    auto done = m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        transaction.audit(event);
        if (std::rename(part.c_str(), target.c_str()) != 0) {
            return base::fail(base::errorFromErrno(errno, "name the folder " + target.string()));
        }
        named = true;
        return base::syncFolder(target.parent_path());
    });
    if (!done && named) {
        std::error_code ignored;
        std::filesystem::remove_all(target, ignored);
    }
    return done;
}

}  // namespace leedswatch::evidence

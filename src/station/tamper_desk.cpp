#include "station/tamper_desk.h"

#include "analytics/tamper_fault.h"
#include "analytics/tamper_still.h"
#include "base/local_time.h"
#include "station/tamper_words.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>

namespace leedswatch::station {
namespace {

constexpr const char* stillFolder = "tamper";
constexpr std::size_t cameraDigits = 4;

/// "20261122T031207.123456Z": sorts by time.
std::string compactTime(base::UtcTime time) {
    std::string text = base::formatUtc(time);
    std::erase_if(text, [](char letter) { return letter == '-' || letter == ':'; });
    return text;
}

std::string folderOf(int camera) {
    std::string number = std::to_string(camera);
    number.insert(0, number.size() < cameraDigits ? cameraDigits - number.size() : 0, '0');
    return std::string{stillFolder} + "/" + number;
}

}  // namespace

TamperDesk::TamperDesk(store::Database& database, const base::Clock& clock)
    : m_database{database},
      m_clock{clock},
      m_journal{database},
      m_views{database},
      m_cameras{database},
      m_faults{database},
      m_zones{database} {}

base::Result<void> TamperDesk::start() {
    const std::scoped_lock lock{m_mutex};
    TRY(endUnwatched());
    TRY(touchFaulty());
    followFaults();
    return removeNameless();
}

std::vector<LastingTamper> TamperDesk::lasting(estate::CameraId camera) {
    const std::scoped_lock lock{m_mutex};
    const auto events = m_journal.lasting(camera);
    if (!events) {
        spdlog::error("what lasts of tamper cannot be read: {}", events.error().message);
        return {};
    }
    std::vector<LastingTamper> lasting;
    for (const analytics::RecordedTamper& event : *events) {
        lasting.push_back({event.id, event.kind, {}});
    }
    if (!lasting.empty() && !events->back().before.empty()) {
        auto still = analytics::readStill(m_database.folder() / events->back().before);
        if (still) {
            lasting.back().before = std::move(*still);
        } else {
            spdlog::warn("a view that is to be compared with cannot be read: {}", still.error().message);
        }
    }
    return lasting;
}

void TamperDesk::take(estate::CameraId camera, std::vector<TamperChange> changes) {
    const std::scoped_lock lock{m_mutex};
    for (TamperChange& change : changes) {
        m_waiting.push_back({camera, std::move(change), {}, {}, false});
    }
}

// In their order: an end needs the row of its beginning.
void TamperDesk::write() {
    const std::scoped_lock lock{m_mutex};
    while (!m_waiting.empty()) {
        const auto written = writeOne(m_waiting.front());
        if (!written) {
            if (!std::exchange(m_hasFailed, true)) {
                spdlog::error("what was found of tamper is not written: {}", written.error().message);
            }
            return;
        }
        m_hasFailed = false;
        m_touched.insert(m_waiting.front().camera);
        m_waiting.pop_front();
    }
    followFaults();
}

base::Result<void> TamperDesk::writeOne(Waiting& waiting) {
    const TamperChange& change = waiting.change;
    const EventName name{change.feed, change.number};
    if (change.until) {
        const std::int64_t row = change.row != 0 ? change.row : m_rows[name];
        TRY(m_journal.end(row, *change.until, change.endedBy));
        m_rows.erase(name);
        return {};
    }
    TRY_ASSIGN(const estate::Camera camera, cameraOf(waiting.camera));
    if (!std::exchange(waiting.hasStills, true)) {
        writeStills(waiting, camera);
    }
    analytics::RecordedTamper event{0, waiting.camera, change.kind, change.from, {}, {}, waiting.before, waiting.after};
    TRY_ASSIGN(m_rows[name], m_journal.add(event));
    return {};
}

// That the camera is blind is worth more than its pictures: without them the event is written all the same.
void TamperDesk::writeStills(Waiting& waiting, const estate::Camera& camera) {
    auto before = writeStill(waiting.change.before, waiting, camera, "before");
    auto after = before ? writeStill(waiting.change.after, waiting, camera, "after") : before;
    waiting.before = before.value_or("");
    waiting.after = before && after ? *after : "";
    const bool isGood = before && after;
    if (!isGood && !std::exchange(m_stillsFail, true)) {
        spdlog::error("tamper is noted without pictures of it: {}", (before ? after.error() : before.error()).message);
    }
    m_stillsFail = !isGood;
}

base::Result<std::string> TamperDesk::writeStill(const cv::Mat& still, const Waiting& waiting,
                                                 const estate::Camera& camera, const std::string& which) {
    if (still.empty()) {
        return std::string{};
    }
    TRY_ASSIGN(const auto zones, m_zones.of(camera.id));
    const std::string stem = folderOf(camera.number) + "/" + compactTime(waiting.change.from);
    std::string name = stem + "-" + which + ".png";
    std::error_code ignored;
    for (int next = 2; std::filesystem::exists(m_database.folder() / name, ignored); ++next) {
        name = stem + "-" + std::to_string(next) + "-" + which + ".png";  // the clock was set back
    }
    TRY(analytics::writeStill(still, zones, m_database.folder() / name));
    return name;
}

base::Result<estate::Camera> TamperDesk::cameraOf(estate::CameraId camera) {
    TRY_ASSIGN(const auto cameras, m_cameras.list());
    const auto found = std::ranges::find(cameras, camera, &estate::Camera::id);
    if (found != cameras.end()) {
        return *found;
    }
    estate::Camera gone;
    gone.id = camera;
    return gone;
}

void TamperDesk::followEstate() {
    const std::scoped_lock lock{m_mutex};
    auto followed = endUnwatched();
    if (followed) {
        followed = touchFaulty();
    }
    if (!followed) {
        spdlog::error("which cameras are tampered with cannot be brought up to date: {}", followed.error().message);
    }
    followFaults();
}

/// The cameras that have a fault or should have one. A fault in a number that no camera has any more is over.
base::Result<void> TamperDesk::touchFaulty() {
    TRY_ASSIGN(const auto lasting, m_journal.lasting());
    for (const analytics::RecordedTamper& event : lasting) {
        m_touched.insert(event.camera);
    }
    TRY_ASSIGN(const auto cameras, m_cameras.list());
    TRY_ASSIGN(const auto faults, m_faults.current());
    for (const estate::Fault& fault : faults) {
        if (fault.kind != analytics::tamperFault) {
            continue;
        }
        const auto camera = std::ranges::find_if(
            cameras, [&](const estate::Camera& one) { return analytics::tamperObject(one.number) == fault.object; });
        if (camera == cameras.end()) {
            TRY(m_faults.end(analytics::tamperFault, fault.object));
        } else {
            m_touched.insert(camera->id);
        }
    }
    return {};
}

// Of a camera that is switched off nobody can say what it shows, and nobody expects it to show anything.
base::Result<void> TamperDesk::endUnwatched() {
    TRY_ASSIGN(const auto lasting, m_journal.lasting());
    TRY_ASSIGN(const auto cameras, m_cameras.list());
    for (const analytics::RecordedTamper& event : lasting) {
        const auto camera = std::ranges::find(cameras, event.camera, &estate::Camera::id);
        if (camera == cameras.end() || !camera->enabled) {
            TRY(m_journal.endAll(event.camera, m_clock.now(), analytics::TamperEnd::NotWatched));
            m_touched.insert(event.camera);
        }
    }
    return {};
}

// What cannot be written is looked at again with the next writing.
void TamperDesk::followFaults() {
    if (m_touched.empty()) {
        return;
    }
    const auto cameras = m_cameras.list();
    for (const estate::Camera& camera : cameras.value_or(std::vector<estate::Camera>{})) {
        if (!m_touched.contains(camera.id)) {
            continue;
        }
        if (const auto followed = followFault(camera); followed) {
            m_touched.erase(camera.id);
        } else {
            spdlog::error("the fault of camera {} is not written: {}", camera.number, followed.error().message);
        }
    }
}

base::Result<void> TamperDesk::followFault(const estate::Camera& camera) {
    TRY_ASSIGN(const auto events, m_journal.lasting(camera.id));
    const std::string object = analytics::tamperObject(camera.number);
    if (events.empty()) {
        return m_faults.end(analytics::tamperFault, object);
    }
    const analytics::RecordedTamper& newest = events.back();
    return m_faults.raise(analytics::tamperFault, object, tamperCause(camera.number, newest),
                          tamperAdvice(camera.number, newest.kind));
}

void TamperDesk::forgetOld(const estate::Camera& camera, base::UtcTime before) {
    const std::scoped_lock lock{m_mutex};
    const auto old = m_journal.overBefore(camera.id, before);
    if (!old || old->empty()) {
        return;
    }
    for (const analytics::RecordedTamper& event : *old) {
        for (const std::string& still : {event.before, event.after}) {
            std::error_code error;
            if (!still.empty() && !std::filesystem::remove(m_database.folder() / still, error) && error) {
                spdlog::warn("an old still of camera {} is still there: {}", camera.number, error.message());
                return;  // with its rows, so that it is tried again
            }
        }
    }
    if (const auto forgotten = m_journal.forget(*old); !forgotten) {
        spdlog::warn("old tamper of camera {} is still there: {}", camera.number, forgotten.error().message);
    }
}

base::Result<void> TamperDesk::removeNameless() {
    TRY_ASSIGN(const auto names, m_journal.stills());
    const std::set<std::string> named{names.begin(), names.end()};
    std::error_code error;
    std::filesystem::recursive_directory_iterator file{m_database.folder() / stillFolder, error};
    std::vector<std::filesystem::path> nameless;
    for (; !error && file != std::filesystem::recursive_directory_iterator{}; file.increment(error)) {
        const auto name = file->path().lexically_relative(m_database.folder()).generic_string();
        std::error_code unknown;
        if (file->is_regular_file(unknown) && !named.contains(name)) {
            nameless.push_back(file->path());
        }
    }
    for (const auto& path : nameless) {
        std::filesystem::remove(path, error);
    }
    return {};
}

}  // namespace leedswatch::station

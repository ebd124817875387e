#include "ui/privacy/privacy_guard.h"

#include "ui/common/text.h"

#include <spdlog/spdlog.h>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 200ms;

}  // namespace

PrivacyGuard::PrivacyGuard(store::Database& database, store::ChangeFeed& feed, const base::Clock& clock)
    : m_clock{clock},
      m_zones{database},
      m_lifts{database, clock},
      m_feed{feed, {"privacy_zones"}, nullptr},
      m_worker{*this} {
    connect(&m_feed, &FeedListener::changed, this, &PrivacyGuard::load);
    connect(&m_timer, &QTimer::timeout, this, &PrivacyGuard::checkLifts);
    m_timer.setInterval(lookEvery);
    take(m_zones.all());
}

SharedMask PrivacyGuard::maskFor(estate::CameraId camera) const {
    return m_lifts.timeLeft(camera) ? video::PrivacyMask::none() : maskForKeeping(camera);
}

SharedMask PrivacyGuard::maskForKeeping(estate::CameraId camera) const {
    if (m_unread) {
        return nullptr;
    }
    const auto found = m_masks.find(camera);
    if (found == m_masks.end()) {
        return video::PrivacyMask::none();
    }
    return found->second ? *found->second : nullptr;
}

QString PrivacyGuard::problem(estate::CameraId camera) const {
    const auto found = m_masks.find(camera);
    const base::Error* error = m_unread                                               ? &*m_unread
                               : found != m_masks.end() && !found->second.has_value() ? &found->second.error()
                                                                                      : nullptr;
    return error == nullptr ? QString{} : sentenceOf(*error);
}

bool PrivacyGuard::hasZones(estate::CameraId camera) const {
    const SharedMask mask = maskForKeeping(camera);
    return mask == nullptr || !mask->isEmpty();
}

std::optional<std::chrono::seconds> PrivacyGuard::liftedFor(estate::CameraId camera) const {
    const auto left = m_lifts.timeLeft(camera);
    return left ? std::optional{std::chrono::ceil<std::chrono::seconds>(*left)} : std::nullopt;
}

void PrivacyGuard::liftBegan() {
    m_timer.start();
    Q_EMIT changed();
}

void PrivacyGuard::restore(estate::CameraId camera, estate::LiftEnd why) {
    if (auto ended = m_lifts.end(camera, why)) {
        record({std::move(*ended)});
    }
}

void PrivacyGuard::restoreAll(estate::LiftEnd why) {
    record(m_lifts.endAll(why));
}

void PrivacyGuard::checkLifts() {
    record(m_lifts.takeExpired());
}

void PrivacyGuard::record(std::vector<estate::EndedLift> ended) {
    if (ended.empty()) {
        return;
    }
    Q_EMIT changed();
    for (estate::EndedLift& each : ended) {
        m_worker.run([this, each = std::move(each)] { return m_lifts.record(each); },
                     [](const base::Result<void>& recorded) {
                         if (!recorded) {
                             spdlog::error("the audit log does not say that privacy zones hide again: {}",
                                           recorded.error().message);
                         }
                     });
    }
}

void PrivacyGuard::load() {
    m_worker.run([this] { return m_zones.all(); }, [this](Found found) { take(std::move(found)); });
}

void PrivacyGuard::take(Found found) {
    auto before = std::exchange(m_masks, {});
    m_unread.reset();
    if (!found) {
        m_unread = std::move(found).error();
    } else {
        for (auto& [camera, zones] : *found) {
            if (!zones) {
                m_masks.emplace(camera, base::fail(std::move(zones).error()));
                continue;
            }
            // An unchanged mask stays the same object: its pictures need not be made anew.
            const auto old = before.find(camera);
            const bool same = old != before.end() && old->second && (*old->second)->zones() == *zones;
            m_masks.emplace(camera,
                            same ? *old->second : std::make_shared<const video::PrivacyMask>(std::move(*zones)));
        }
    }
    Q_EMIT changed();
}

}  // namespace leedswatch::ui

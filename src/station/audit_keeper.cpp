#include "station/audit_keeper.h"

#include "evidence/archive_seal.h"

#include <spdlog/spdlog.h>

namespace leedswatch::station {
namespace {

constexpr std::chrono::minutes kSealEvery{5};
constexpr std::int64_t kMostUnsigned = 256;

}  // namespace

AuditKeeper::AuditKeeper(store::Database& database, const base::Clock& clock)
    : m_database{database},
      m_log{database},
      m_clock{clock},
      m_nextSealing{clock.steadyNow() + kSealEvery},
      m_nextSigning{m_nextSealing} {}

void AuditKeeper::keep() {
    if (m_clock.steadyNow() >= m_nextSealing) {
        seal();
    }
    const auto unsignedEvents = m_log.eventsSinceCheckpoint();
    if (!unsignedEvents) {
        spdlog::error("the audit log cannot be read: {}", unsignedEvents.error().message);
        return;
    }
    const bool due = m_clock.steadyNow() >= m_nextSigning && *unsignedEvents > 0;
    if (!due && *unsignedEvents < kMostUnsigned) {
        return;
    }
    sign();
}

void AuditKeeper::seal() {
    m_nextSealing = m_clock.steadyNow() + kSealEvery;
    if (const auto sealed = evidence::sealArchive(m_database); !sealed) {
        spdlog::error("the audit log does not vouch for the newest files: {}", sealed.error().message);
    }
}

void AuditKeeper::sign() {
    m_nextSigning = m_clock.steadyNow() + kSealEvery;
    if (const auto signedNote = m_log.checkpoint(); !signedNote) {
        spdlog::error("the audit log is not signed: {}", signedNote.error().message);
    }
}

void AuditKeeper::note(const std::string& action, const std::string& object, const nlohmann::json& details) {
    const auto written = m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent event;
        event.who = "station";
        event.action = action;
        event.object = object;
        event.details = details;
        transaction.audit(event);
        return {};
    });
    if (!written) {
        spdlog::error("{} is not in the audit log: {}", action, written.error().message);
    }
}

}  // namespace leedswatch::station

#include "estate/camera_registry.h"

#include "estate/camera_csv.h"
#include "store/audit_witness.h"
#include "store/key_folder.h"

#include <algorithm>

namespace leedswatch::estate {
namespace {

using base::ErrorCode;

const store::AuditWitness& cameraWitness() {
    static const store::AuditWitness witness{
        "camera",
        "camera",
        "id",
        "number",
        {"number", "name", "site", "main_url", "sub_url", "username", "sealed_password", "enabled", "retention_days"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

/// A camera that is connected to in the usual way has no row here.
const store::AuditWitness& connectionWitness() {
    static const store::AuditWitness witness{"camera_connection",
                                             "camera_connection",
                                             "camera_id",
                                             "(SELECT number FROM camera WHERE camera.id = camera_id)",
                                             {"transport", "audio"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

struct StoredCamera {
    Camera camera;
    std::string sealedPassword;
    bool hasConnectionRow = false;
};

std::vector<StoredCamera> selectCameras(soci::session& sql, std::optional<int> number) {
    std::vector<StoredCamera> cameras;
    StoredCamera row;
    std::int64_t id = 0;
    int enabled = 0;
    int audio = 0;
    int hasConnection = 0;
    std::string transport;
    const int wanted = number.value_or(0);
    soci::statement statement =
        (sql.prepare << "SELECT id, number, name, site, main_url, sub_url, username, enabled, retention_days, "
                        "sealed_password, COALESCE(transport, 'automatic'), COALESCE(audio, 0), camera_id IS NOT NULL "
                        "FROM camera LEFT JOIN camera_connection ON camera_id = id "
                        "WHERE :wanted = 0 OR number = :wanted ORDER BY number",
         soci::use(wanted, "wanted"), soci::into(id), soci::into(row.camera.number), soci::into(row.camera.name),
         soci::into(row.camera.site), soci::into(row.camera.mainUrl), soci::into(row.camera.subUrl),
         soci::into(row.camera.username), soci::into(enabled), soci::into(row.camera.retentionDays),
         soci::into(row.sealedPassword), soci::into(transport), soci::into(audio), soci::into(hasConnection));
    statement.execute();
    while (statement.fetch()) {
        row.camera.id = CameraId{id};
        row.camera.enabled = enabled != 0;
        row.camera.transport = transportFromName(transport).value_or(Transport::Automatic);
        row.camera.audioAllowed = audio != 0;
        row.hasConnectionRow = hasConnection != 0;
        cameras.push_back(row);
    }
    return cameras;
}

/// What a sealed password belongs to: it does not open for another camera.
std::string sealContext(CameraId camera) {
    return "camera row " + std::to_string(camera.value());
}

Camera merged(const Camera& before, const ImportedCamera& line) {
    Camera after = before;
    after.number = line.number;
    after.name = line.name;
    after.mainUrl = line.mainUrl;
    after.site = line.site.value_or(before.site);
    after.subUrl = line.subUrl.value_or(before.subUrl);
    after.username = line.username.value_or(before.username);
    after.enabled = line.enabled.value_or(before.enabled);
    after.retentionDays = line.retentionDays.value_or(before.retentionDays);
    after.transport = line.transport.value_or(before.transport);
    after.audioAllowed = line.audioAllowed.value_or(before.audioAllowed);
    return after;
}

void insertEmpty(soci::session& sql, Camera& camera) {
    std::int64_t id = 0;
    sql << "INSERT INTO camera (number, name, main_url) VALUES (:number, :name, :url) RETURNING id",
        soci::use(camera.number, "number"), soci::use(camera.name, "name"), soci::use(camera.mainUrl, "url"),
        soci::into(id);
    camera.id = CameraId{id};
}

void updateCamera(soci::session& sql, const StoredCamera& row) {
    const auto& camera = row.camera;
    const auto id = camera.id.value();
    const int enabled = camera.enabled ? 1 : 0;
    sql << "UPDATE camera SET name = :name, site = :site, main_url = :main, sub_url = :sub, username = :user, "
           "sealed_password = :sealed, enabled = :enabled, retention_days = :days WHERE id = :id",
        soci::use(camera.name, "name"), soci::use(camera.site, "site"), soci::use(camera.mainUrl, "main"),
        soci::use(camera.subUrl, "sub"), soci::use(camera.username, "user"), soci::use(row.sealedPassword, "sealed"),
        soci::use(enabled, "enabled"), soci::use(camera.retentionDays, "days"), soci::use(id, "id");
}

/// Whether there is a row now: none is made for the usual way.
bool writeConnection(soci::session& sql, const StoredCamera& row) {
    const auto& camera = row.camera;
    if (!row.hasConnectionRow && camera.transport == Transport::Automatic && !camera.audioAllowed) {
        return false;
    }
    const auto id = camera.id.value();
    const std::string transport{nameOf(camera.transport)};
    const int audio = camera.audioAllowed ? 1 : 0;
    sql << "INSERT INTO camera_connection (camera_id, transport, audio) VALUES (:id, :transport, :audio) "
           "ON CONFLICT (camera_id) DO UPDATE SET transport = excluded.transport, audio = excluded.audio",
        soci::use(id, "id"), soci::use(transport, "transport"), soci::use(audio, "audio");
    return true;
}

/// Which columns an import changed, for the audit log; never what a password was or is.
nlohmann::json changedColumns(const StoredCamera& before, const StoredCamera& after) {
    auto names = nlohmann::json::array();
    const auto note = [&](const char* name, bool changed) {
        if (changed) {
            names.push_back(name);
        }
    };
    note("name", before.camera.name != after.camera.name);
    note("site", before.camera.site != after.camera.site);
    note("main_url", before.camera.mainUrl != after.camera.mainUrl);
    note("sub_url", before.camera.subUrl != after.camera.subUrl);
    note("username", before.camera.username != after.camera.username);
    note("password", before.sealedPassword != after.sealedPassword);
    note("enabled", before.camera.enabled != after.camera.enabled);
    note("retention_days", before.camera.retentionDays != after.camera.retentionDays);
    note("transport", before.camera.transport != after.camera.transport);
    note("audio", before.camera.audioAllowed != after.camera.audioAllowed);
    return names;
}

void writeAndAudit(store::Transaction& transaction, const access::Acting& acting, const std::string& action,
                   const StoredCamera& row, nlohmann::json details) {
    const auto& camera = row.camera;
    updateCamera(transaction.sql(), row);
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "camera " + std::to_string(camera.number);
    event.details = std::move(details);
    event.witnesses = {{&cameraWitness(), camera.id.value()}};
    if (writeConnection(transaction.sql(), row)) {
        event.witnesses.push_back({&connectionWitness(), camera.id.value()});
    }
    transaction.audit(event);
}

/// The lines of one file going into the store, in one transaction.
class Import {
public:
    Import(store::Transaction& transaction, const access::Acting& acting, const store::SealingKey& key)
        : m_transaction{transaction}, m_acting{acting}, m_key{key} {}

    base::Result<void> apply(const ImportedCamera& line) {
        const auto found = selectCameras(m_transaction.sql(), line.number);
        return found.empty() ? add(line) : change(found.front(), line);
    }

    [[nodiscard]] const ImportReport& report() const { return m_report; }

private:
    base::Result<void> add(const ImportedCamera& line) {
        StoredCamera row;
        row.camera = merged(Camera{}, line);
        insertEmpty(m_transaction.sql(), row.camera);
        if (line.password && !line.password->empty()) {
            row.sealedPassword = m_key.seal(*line.password, sealContext(row.camera.id));
        }
        writeAndAudit(m_transaction, m_acting, "camera.added", row, nlohmann::json::object());
        ++m_report.added;
        return {};
    }

    base::Result<void> change(const StoredCamera& before, const ImportedCamera& line) {
        StoredCamera after{merged(before.camera, line), before.sealedPassword, before.hasConnectionRow};
        TRY(changePassword(after, line));
        auto columns = changedColumns(before, after);
        if (columns.empty()) {
            ++m_report.unchanged;
            return {};
        }
        writeAndAudit(m_transaction, m_acting, "camera.changed", after, {{"columns", std::move(columns)}});
        ++m_report.changed;
        return {};
    }

    /// A line without a password leaves the one that is there, unless the user name goes too.
    base::Result<void> changePassword(StoredCamera& row, const ImportedCamera& line) {
        if (row.camera.username.empty() && !line.password) {
            row.sealedPassword.clear();
        }
        if (!line.password) {
            return {};
        }
        const auto context = sealContext(row.camera.id);
        const auto before =
            row.sealedPassword.empty() ? base::Result<std::string>{""} : m_key.unseal(row.sealedPassword, context);
        if (!before || *before != *line.password) {
            row.sealedPassword = line.password->empty() ? "" : m_key.seal(*line.password, context);
        }
        return {};
    }

    store::Transaction& m_transaction;
    const access::Acting& m_acting;
    const store::SealingKey& m_key;
    ImportReport m_report;
};

constexpr const char* kKeyName = "cameras.key";

}  // namespace

base::Result<std::vector<Camera>> CameraRegistry::list() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<Camera>> {
        std::vector<Camera> cameras;
        for (auto& row : selectCameras(sql, std::nullopt)) {
            cameras.push_back(std::move(row.camera));
        }
        return cameras;
    });
}

base::Result<Camera> CameraRegistry::find(int number) {
    return m_database.read([&](soci::session& sql) -> base::Result<Camera> {
        auto found = number == 0 ? std::vector<StoredCamera>{} : selectCameras(sql, number);
        if (found.empty()) {
            return base::fail(ErrorCode::NotFound, "camera " + std::to_string(number) + " is not in the estate");
        }
        return std::move(found.front().camera);
    });
}

base::Result<ImportReport> CameraRegistry::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManageCameras));
    TRY_ASSIGN(const auto lines, readCameraCsv(csv));
    TRY_ASSIGN(const auto key, store::SealingKey::openOrCreate(m_database.folder(), kKeyName));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        Import import{transaction, acting, key};
        for (const auto& line : lines) {
            TRY(import.apply(line));
        }
        const auto& report = import.report();
        if (report.added + report.changed > 0) {
            transaction.notify("cameras", "import");
        }
        return report;
    });
}

base::Result<std::string> CameraRegistry::exportCsv(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::ManageCameras));
    TRY_ASSIGN(const auto cameras, list());
    return writeCameraCsv(cameras);
}

base::Result<std::string> CameraRegistry::passwordOf(CameraId camera) {
    const auto id = camera.value();
    TRY_ASSIGN(const auto sealed, m_database.read([&](soci::session& sql) -> base::Result<std::string> {
        std::string text;
        sql << "SELECT sealed_password FROM camera WHERE id = :id", soci::use(id, "id"), soci::into(text);
        if (!sql.got_data()) {
            return base::fail(ErrorCode::NotFound, "there is no camera with row " + std::to_string(id));
        }
        return text;
    }));
    if (sealed.empty()) {
        return sealed;
    }
    TRY_ASSIGN(const auto key, store::SealingKey::openOrCreate(m_database.folder(), kKeyName));
    return key.unseal(sealed, sealContext(camera));
}

const store::AuditWitness& CameraRegistry::witness() {
    return cameraWitness();
}

const store::AuditWitness& CameraRegistry::connectionWitness() {
    return estate::connectionWitness();
}

}  // namespace leedswatch::estate

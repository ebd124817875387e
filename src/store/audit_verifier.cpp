#include "store/audit_verifier.h"

#include "store/audit_appender.h"

#include <sodium.h>

#include <algorithm>

namespace leedswatch::store {
namespace {

std::string numbered(const char* what, std::int64_t number) {
    return std::string{what} + " " + std::to_string(number);
}

std::string eventsBetween(std::int64_t begin, std::int64_t end) {
    return end - begin == 1 ? numbered("audit event", begin)
                            : "audit events " + std::to_string(begin) + " to " + std::to_string(end - 1);
}

std::optional<base::Sha256Digest> digestFromHex(const nlohmann::json& value) {
    if (!value.is_string()) {
        return std::nullopt;
    }
    const auto bytes = base::fromHex(value.get_ref<const std::string&>());
    base::Sha256Digest digest{};
    if (!bytes || bytes->size() != digest.size()) {
        return std::nullopt;
    }
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

VouchedRun vouchedRunFrom(std::int64_t seq, const nlohmann::json& one,
                          const std::optional<base::Sha256Digest>& digest) {
    return {
        seq,    one.value("id", std::int64_t{0}), one.value("to", std::int64_t{0}), one.value("rows", std::int64_t{0}),
        digest, one.value("marks", std::string{})};
}

}  // namespace

WitnessCheck::WitnessCheck(soci::session& sql, const AuditWitness& witness, AuditProblems& problems)
    : m_witness{witness}, m_problems{problems}, m_rows{sql, witness} {
    advance();
}

void WitnessCheck::advance() {
    m_row = m_rows.next();
    m_count += m_row ? 1 : 0;
}

void WitnessCheck::missing(std::int64_t seq, std::int64_t key) {
    m_problems.add(m_witness.kind + " row " + std::to_string(key) + ", which " + numbered("audit event", seq) +
                   " vouches for, is gone: it was removed from outside the program");
}

void WitnessCheck::unvouched() {
    m_problems.add("no audit event vouches for " + m_witness.kind + " " + m_row->label + " (row " +
                   std::to_string(m_row->key) + "): it was added from outside the program, or its event is damaged");
}

void WitnessCheck::unvouchedBefore(std::int64_t key) {
    for (; m_row && m_row->key < key; advance()) {
        unvouched();
    }
}

void WitnessCheck::changed(std::int64_t seq) {
    m_problems.add(m_witness.kind + " " + m_row->label + " (row " + std::to_string(m_row->key) + ") is not what " +
                   numbered("audit event", seq) + " vouches for: it was changed from outside the program");
}

void WitnessCheck::compare(const Vouched& vouched) {
    if (!vouched.digest) {
        m_problems.add(m_witness.kind + " " + m_row->label + " (row " + std::to_string(m_row->key) +
                       ") is there, though " + numbered("audit event", vouched.seq) + " says that it was removed");
    } else if (*vouched.digest != m_row->digest) {
        changed(vouched.seq);
    }
}

void WitnessCheck::vouched(std::int64_t seq, std::int64_t key, const std::optional<base::Sha256Digest>& digest) {
    if (m_witness.rows == AuditWitness::Rows::Changing) {
        m_newest[key] = {seq, digest};
        return;
    }
    unvouchedBefore(key);
    if (!m_row || m_row->key > key) {
        missing(seq, key);
        return;
    }
    compare({seq, digest});
    advance();
}

void WitnessCheck::vouched(const VouchedRun& run) {
    // What was changed in the event itself must not make this go on for ever.
    const auto marked = static_cast<std::int64_t>(run.marks.size() / rowMarkLength);
    const bool isRun = run.first > 0 && run.last >= run.first && run.rows == run.last - run.first + 1;
    if (!isRun || run.rows != marked || m_witness.rows != AuditWitness::Rows::OnlyAdded) {
        m_problems.add("which rows of " + m_witness.kind + " " + numbered("audit event", run.seq) +
                       " vouches for cannot be read from it");
        return;
    }
    RunHash found;
    bool isNamed = false;
    std::string_view marks = run.marks;
    for (std::int64_t key = run.first; key <= run.last; ++key, marks.remove_prefix(rowMarkLength)) {
        unvouchedBefore(key);
        if (!m_row || m_row->key > key) {
            missing(run.seq, key);
            isNamed = true;
            continue;
        }
        if (rowMark(m_row->digest) != marks.substr(0, rowMarkLength)) {
            changed(run.seq);
            isNamed = true;
        }
        found.add({key, m_row->digest});
        advance();
    }
    // Whoever finds another text with the same mark has not found one with the same hash.
    if (!isNamed && found.digest() != run.digest) {
        m_problems.add("among " + m_witness.kind + " rows " + std::to_string(run.first) + " to " +
                       std::to_string(run.last) +
                       " something was changed from outside the program: they are not what " +
                       numbered("audit event", run.seq) + " vouches for");
    }
}

void WitnessCheck::finish() {
    for (; m_row; advance()) {
        const auto found = m_newest.find(m_row->key);
        if (found == m_newest.end()) {
            unvouched();
            continue;
        }
        compare(found->second);
        m_newest.erase(found);
    }
    for (const auto& [key, vouched] : m_newest) {
        if (vouched.digest) {
            missing(vouched.seq, key);
        }
    }
}

std::unique_ptr<StoredNodeCheck::Cursor> StoredNodeCheck::openCursor(int level) {
    auto cursor = std::make_unique<Cursor>(m_sql);
    cursor->statement.exchange(soci::into(cursor->index));
    cursor->statement.exchange(soci::into(cursor->hash));
    cursor->statement.alloc();
    cursor->statement.prepare("SELECT idx, hash FROM audit_node WHERE level = " + std::to_string(level) +
                              " ORDER BY idx");
    cursor->statement.define_and_bind();
    cursor->hasRow = cursor->statement.execute(true);
    return cursor;
}

void StoredNodeCheck::completed(int level, std::int64_t index, const base::Sha256Digest& hash) {
    auto& cursor = m_cursors[level];
    if (!cursor) {
        cursor = openCursor(level);
    }
    while (cursor->hasRow && cursor->index < index) {
        cursor->hasRow = cursor->statement.fetch();
    }
    const auto begin = index << level;
    const auto end = (index + 1) << level;
    base::Sha256Digest stored{};
    if (!cursor->hasRow || cursor->index != index || !fromBlobText(cursor->hash, stored)) {
        m_problems.addAbout(begin, end, "the stored hash over " + eventsBetween(begin, end) + " is missing");
    } else if (stored != hash) {
        m_problems.addAbout(begin, end,
                            "the stored hash over " + eventsBetween(begin, end) +
                                " does not fit them: one of them is not what was logged, or the hash was changed");
    }
}

AuditVerifier::AuditVerifier(soci::session& sql, std::string origin, const VerifyingKey& key,
                             const std::vector<const AuditWitness*>& witnesses)
    : m_sql{sql}, m_origin{std::move(origin)}, m_key{key}, m_nodes{sql, m_problems} {
    for (const auto* witness : witnesses) {
        if (witness->rows == AuditWitness::Rows::InRuns) {
            m_runs[witness->kind] = std::make_unique<RunCheck>(sql, *witness, m_problems);
            continue;
        }
        m_witnesses[witness->kind] = std::make_unique<WitnessCheck>(sql, *witness, m_problems);
    }
}

void AuditVerifier::addCheckpoint(const std::string& note, const std::string& where) {
    const auto read = parseCheckpoint(note);
    if (!read) {
        m_problems.add(where + ": " + read.error().message);
        return;
    }
    if (read->checkpoint.origin != m_origin) {
        m_problems.add(where + " is a checkpoint of another log (" + read->checkpoint.origin.substr(0, 80) + ")");
        return;
    }
    if (!isSignedBy(*read, m_key)) {
        m_problems.add(where + ": its signature is not right");
        return;
    }
    ++m_result.checkpoints;
    m_result.newestCheckpointSize = std::max(m_result.newestCheckpointSize, read->checkpoint.size);
    m_checkpoints.emplace(read->checkpoint.size, std::pair{read->checkpoint.root, where});
}

void AuditVerifier::addStoredCheckpoints() {
    std::int64_t size = 0;
    std::string note;
    soci::statement statement =
        (m_sql.prepare << "SELECT size, note FROM audit_checkpoint ORDER BY size", soci::into(size), soci::into(note));
    statement.execute();
    while (statement.fetch()) {
        addCheckpoint(note, "the stored checkpoint over " + std::to_string(size) + " events");
    }
}

void AuditVerifier::checkCheckpointsAt(std::int64_t size) {
    const auto [begin, end] = m_checkpoints.equal_range(size);
    for (auto checkpoint = begin; checkpoint != end; ++checkpoint) {
        if (checkpoint->second.first != m_tree.root()) {
            m_problems.addAbout(0, size,
                                checkpoint->second.second + " does not fit the log: one of the events before " +
                                    numbered("audit event", size) + " is not what was signed");
        }
    }
}

void AuditVerifier::checkKey(const nlohmann::json& body) {
    const auto raw = m_key.rawBytes();
    const auto details = body.find("d");
    const auto named = details == body.end() ? std::string{} : details->value("audit_key", std::string{});
    if (named != base::toHex(std::as_bytes(std::span{raw}))) {
        m_problems.add("keys/audit.pub is not the key that audit event 0 names");
    }
}

void AuditVerifier::checkPersonal(std::int64_t seq, const std::string& commitment) {
    std::string salt;
    std::string personal;
    m_sql << "SELECT salt, personal FROM audit_private WHERE seq = :seq", soci::use(seq, "seq"), soci::into(salt),
        soci::into(personal);
    if (!m_sql.got_data()) {
        ++m_result.erased;
        return;
    }
    base::Sha256Digest mac{};
    if (salt.size() == crypto_auth_hmacsha256_KEYBYTES) {
        crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(mac.data()),
                               reinterpret_cast<const unsigned char*>(personal.data()), personal.size(),
                               reinterpret_cast<const unsigned char*>(salt.data()));
    }
    if (base::toHex(mac) != commitment) {
        m_problems.add("the personal part of " + numbered("audit event", seq) + " is not what was logged");
    }
}

void AuditVerifier::checkWitnesses(std::int64_t seq, const nlohmann::json& list) {
    for (const auto& one : list) {
        const auto kind = one.value("kind", std::string{});
        const auto digest = digestFromHex(one.value("sha256", nlohmann::json{}));
        if (const auto runs = m_runs.find(kind); runs != m_runs.end()) {
            const VouchedRun run = vouchedRunFrom(seq, one, digest);
            one.value("removed", false) ? runs->second->removed(run) : runs->second->vouched(run);
            continue;
        }
        const auto check = m_witnesses.find(kind);
        if (check == m_witnesses.end()) {
            m_problems.add(numbered("audit event", seq) +
                           " vouches for a kind of row that this version does not know: " + kind.substr(0, 80));
            continue;
        }
        if (one.contains("to")) {
            check->second->vouched(vouchedRunFrom(seq, one, digest));
        } else {
            check->second->vouched(seq, one.value("id", std::int64_t{0}), digest);
        }
    }
}

void AuditVerifier::checkBody(std::int64_t seq, const std::string& text) {
    const auto body = nlohmann::json::parse(text, nullptr, false);
    if (!body.is_object() || !body.contains("seq") || body["seq"] != seq) {
        m_problems.addAbout(seq, seq + 1, numbered("audit event", seq) + " cannot be read as an event of that number");
        return;
    }
    try {
        if (seq == 0) {
            checkKey(body);
        }
        if (const auto list = body.find("w"); list != body.end()) {
            checkWitnesses(seq, *list);
        }
        if (const auto commitment = body.find("priv"); commitment != body.end()) {
            checkPersonal(seq, commitment->get<std::string>());
        }
    } catch (const nlohmann::json::exception&) {
        m_problems.addAbout(seq, seq + 1, numbered("audit event", seq) + " has a member of the wrong type");
    }
}

void AuditVerifier::checkEvent(std::int64_t seq, const std::string& body, const std::string& storedLeaf) {
    if (seq != m_expected) {
        m_hasGap = true;
        m_problems.addAbout(
            m_expected, seq,
            eventsBetween(m_expected, seq) + (seq - m_expected == 1 ? " is" : " are") + " missing from the audit log");
    }
    m_expected = seq + 1;
    const auto leaf = leafHash(body);
    if (toBlobText(leaf) != storedLeaf) {
        m_problems.addAbout(seq, seq + 1,
                            numbered("audit event", seq) + " is not what was logged: its content and its hash differ");
    }
    m_tree.add(leaf, [this](int level, std::int64_t index, const base::Sha256Digest& hash) {
        if (!m_hasGap) {
            m_nodes.completed(level, index, hash);
        }
    });
    checkBody(seq, body);
    if (!m_hasGap) {
        checkCheckpointsAt(seq + 1);
    }
}

AuditVerification AuditVerifier::run() {
    addStoredCheckpoints();
    std::int64_t seq = 0;
    std::string body;
    std::string leaf;
    soci::statement statement = (m_sql.prepare << "SELECT seq, body, leaf FROM audit_event ORDER BY seq",
                                 soci::into(seq), soci::into(body), soci::into(leaf));
    statement.execute();
    while (statement.fetch()) {
        checkEvent(seq, body, leaf);
        ++m_result.events;
    }
    for (auto beyond = m_checkpoints.upper_bound(m_expected); beyond != m_checkpoints.end(); ++beyond) {
        m_problems.add(beyond->second.second + " covers " + std::to_string(beyond->first) +
                       " events, and the log has " + std::to_string(m_expected) + ": the newest events were removed");
    }
    for (auto& [kind, check] : m_witnesses) {
        check->finish();
        m_result.vouchedRows += check->rows();
    }
    for (auto& [kind, check] : m_runs) {
        check->finish();
        m_result.vouchedRows += check->rows();
        m_result.waitingRows += check->waiting();
    }
    m_result.rootHex = base::toHex(m_tree.root());
    m_result.problems = m_problems.take();
    return std::move(m_result);
}

}  // namespace leedswatch::store

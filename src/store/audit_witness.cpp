#include "store/audit_witness.h"

#include "store/json_text.h"

namespace leedswatch::store {

WitnessedRows::WitnessedRows(soci::session& sql, const AuditWitness& witness)
    : m_witness{witness}, m_statement{sql}, m_values(witness.columns.size()), m_indicators(witness.columns.size()) {
    prepare("");
}

WitnessedRows::WitnessedRows(soci::session& sql, const AuditWitness& witness, std::int64_t key)
    : m_witness{witness},
      m_statement{sql},
      m_wanted{key},
      m_values(witness.columns.size()),
      m_indicators(witness.columns.size()) {
    m_statement.exchange(soci::use(m_wanted, "key"));
    prepare(" WHERE " + witness.key + " = :key");
}

WitnessedRows::WitnessedRows(soci::session& sql, const AuditWitness& witness, std::int64_t after, std::int64_t most)
    : m_witness{witness},
      m_statement{sql},
      m_wanted{after},
      m_most{most},
      m_values(witness.columns.size()),
      m_indicators(witness.columns.size()) {
    m_statement.exchange(soci::use(m_wanted, "after"));
    m_statement.exchange(soci::use(m_most, "most"));
    prepare(" WHERE " + witness.key + " > :after", " LIMIT :most");
}

void WitnessedRows::prepare(const std::string& condition, const std::string& bound) {
    std::string text = "SELECT " + m_witness.key + ", CAST(" + m_witness.label + " AS TEXT)";
    m_statement.exchange(soci::into(m_key));
    m_statement.exchange(soci::into(m_label));
    for (std::size_t column = 0; column < m_values.size(); ++column) {
        text += ", CAST(" + m_witness.columns[column] + " AS TEXT)";
        m_statement.exchange(soci::into(m_values[column], m_indicators[column]));
    }
    m_statement.alloc();
    m_statement.prepare(text + " FROM " + m_witness.table + condition + " ORDER BY " + m_witness.key + bound);
    m_statement.define_and_bind();
}

std::optional<WitnessedRow> WitnessedRows::next() {
    const bool found = m_started ? m_statement.fetch() : m_statement.execute(true);
    m_started = true;
    if (!found) {
        return std::nullopt;
    }
    // A row that was damaged may hold bytes that are no UTF-8: they are to be found wrong and not to end the check.
    m_text = "[";
    appendJsonText(m_text, m_witness.kind);
    for (std::size_t column = 0; column < m_values.size(); ++column) {
        m_text += ',';
        if (m_indicators[column] == soci::i_null) {
            m_text += "null";
        } else {
            appendJsonText(m_text, m_values[column]);
        }
    }
    m_text += ']';
    return WitnessedRow{m_key, m_label, base::sha256(m_text)};
}

}  // namespace leedswatch::store

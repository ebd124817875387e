#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// A row of words: what a table of this folder shows.
struct PlainRow {
    std::int64_t id = 0;  ///< by which it is found again when the rows are read anew
    QStringList cells;
    std::optional<QColor> colour = {};  ///< of the first cell
    QString tip = {};
};

/// Rows of words under a header. Rows that are the same as before are only repainted, so that the choice stays. Holds
/// values; never talks to the user.
class PlainRows final : public QAbstractTableModel {
    Q_OBJECT

public:
    PlainRows(QStringList header, QObject* parent);

    void setRows(std::vector<PlainRow> rows);
    [[nodiscard]] const std::vector<PlainRow>& rows() const { return m_rows; }
    /// 0: there is no such row.
    [[nodiscard]] std::int64_t idOf(const QModelIndex& index) const;
    [[nodiscard]] int rowOf(std::int64_t id) const;  ///< -1: none

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const QStringList m_header;
    std::vector<PlainRow> m_rows;
};

}  // namespace leedswatch::ui

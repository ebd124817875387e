#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <vector>

namespace leedswatch::ui {

/// How a cell of the figures looks; what it says it says in words and with a mark too.
enum class FiguresTone { Plain, Dim, Strong, Warning };

struct FiguresCell {
    QString text;
    FiguresTone tone = FiguresTone::Plain;
    QString hint = {};  ///< shown at the pointer, and read out
};

struct FiguresColumn {
    QString title;
    int width = 80;  ///< pixels
    bool isNumber = true;
};

/// A table of figures, ready to be shown.
struct FiguresSheet {
    std::vector<FiguresColumn> columns;
    std::vector<std::vector<FiguresCell>> rows;
};

/// Holds one sheet. UI thread.
class FiguresTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(FiguresSheet sheet);
    [[nodiscard]] const FiguresSheet& sheet() const { return m_sheet; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    FiguresSheet m_sheet;
};

}  // namespace leedswatch::ui

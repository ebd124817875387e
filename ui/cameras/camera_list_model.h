#pragma once

#include "ui/cameras/camera_directory.h"

#include <QAbstractListModel>
#include <QSortFilterProxyModel>
#include <QStringList>
#include <vector>

namespace leedswatch::ui {

/// The estate as rows, by number. Holds values copied from the directory; never talks to the user.
class CameraListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        NumberRole = Qt::UserRole + 1,
        NameRole,
        SiteRole,
        ConditionRole,  ///< a Condition, as int
        MessageRole,    ///< the station's sentence on why it is not live
        SearchRole,     ///< lower case: number, name and site
    };
    /// What the state dot says.
    enum class Condition { Unknown, Connecting, Live, Frozen, Offline, Disabled };

    explicit CameraListModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// Rows can be picked up, to be dropped onto a wall.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

    void setCameras(const std::vector<estate::Camera>& cameras);
    /// Only the rows whose condition changed are announced.
    void setStatuses(const CameraDirectory& directory);

    [[nodiscard]] static QString nameOf(Condition condition);

private:
    struct Row {
        estate::CameraId id;
        int number = 0;
        bool enabled = true;
        QString name;
        QString site;
        QString search;
        Condition condition = Condition::Unknown;
        QString message;
    };
    [[nodiscard]] static Condition conditionOf(const Row& row, const estate::CameraStatus* status);

    std::vector<Row> m_rows;
};

/// The rows that fit what was typed: every word somewhere in number, name or site. Digits alone are first of all a
/// number: rows whose number begins with them come before the rest.
class CameraFilterModel final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit CameraFilterModel(QObject* parent = nullptr);
    void setWords(const QString& text);
    void setOnlyNotLive(bool only);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] int rankOf(const QModelIndex& index) const;

    QStringList m_words;
    QString m_number;
    bool m_onlyNotLive = false;
};

}  // namespace leedswatch::ui

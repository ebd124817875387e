#pragma once

#include <QObject>
#include <QString>
#include <vector>

class QCompleter;
class QPlainTextEdit;
class QStandardItemModel;

namespace leedswatch::ui {

class CameraDirectory;
class IncidentTypeList;

/// While a mark (@camera, #type, !priority) is being written, offers what it may become: by number or code, or by a
/// word of the name. Enter or Tab takes the first, the arrows choose, Esc leaves what was typed.
class ShorthandCompleter final : public QObject {
    Q_OBJECT

public:
    ShorthandCompleter(QPlainTextEdit& text, const CameraDirectory& cameras, const IncidentTypeList& types);

    /// Whether something is offered now.
    [[nodiscard]] bool isOpen() const;

protected:
    /// The completer gives the keys of its list to the text first, which takes Enter and Tab for itself.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Offer {
        QString mark;  ///< "@104"
        QString name;
    };

    void follow();
    [[nodiscard]] std::vector<Offer> offersFor(const QString& mark) const;
    void addCameras(std::vector<Offer>& offers, const QString& typed) const;
    void addTypes(std::vector<Offer>& offers, const QString& typed) const;
    static void addPriorities(std::vector<Offer>& offers, const QString& typed);
    void show(const std::vector<Offer>& offers);
    void take(const QString& mark);
    [[nodiscard]] QString markAtCursor() const;

    QPlainTextEdit& m_text;
    const CameraDirectory& m_cameras;
    const IncidentTypeList& m_types;
    QStandardItemModel* m_model;
    QCompleter* m_completer;
};

}  // namespace leedswatch::ui

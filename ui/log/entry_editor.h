#pragma once

#include "incident/shorthand.h"
#include "ui/cameras/camera_directory.h"
#include "ui/log/draft_store.h"

#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace leedswatch::ui {

class FactFields;
class IncidentBoard;
class IncidentTypeList;

/// Where a line of the log is written: category, camera, words. It holds no service: it asks for what it wants saved
/// and is told how that went. Until it is told, the words stay.
class EntryEditor final : public QWidget {
    Q_OBJECT

public:
    /// `incidents`: the open ones, of which one can be chosen to write to.
    EntryEditor(CameraDirectory& directory, IncidentTypeList& types, IncidentBoard& incidents,
                QWidget* parent = nullptr);

    void setDraft(const Draft& draft);
    [[nodiscard]] Draft draft() const;
    /// Whether the draft has changed since draftChanged() last told it.
    [[nodiscard]] bool hasUntoldDraft() const { return m_draftTimer.isActive(); }
    /// The camera of the selected tile: taken over unless the operator has written one himself.
    void setSelectedCamera(int number);
    void focusText();
    /// Lines go there until another one is chosen; 0: to none. `reference` is shown if it is not an open one.
    void chooseIncident(std::int64_t id, const QString& reference);
    /// In which book is written; stands wherever the panel puts it.
    [[nodiscard]] QComboBox* bookField() const { return m_book; }
    /// The field that has the keyboard, of a line that has been begun; else null.
    [[nodiscard]] QWidget* fieldBeingWritten() const;

    void showSaving();
    /// `as`: "line 4711".
    void showSaved(const QString& as);
    void showRefusal(const QString& sentence);

Q_SIGNALS:
    void saveRequested(const leedswatch::ui::Draft& draft);
    /// It is to be the first line of a new incident.
    void incidentRequested(const leedswatch::ui::Draft& draft);
    /// Some time after the last change, not at every key.
    void draftChanged(const leedswatch::ui::Draft& draft);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fillTypes();
    void fillIncidents();
    void showBook();
    void nameFields();
    void layOut();
    void connectAll();
    void edited();
    void save();
    void openIncident();
    /// The draft as it is to be saved: without the marks in its text.
    [[nodiscard]] Draft draftToSave() const;
    [[nodiscard]] incident::Shorthand shorthand() const;
    void followShorthand();
    [[nodiscard]] bool hasText();
    void showCamera();
    void showMessage(const QString& text, bool isRefusal);

    CameraDirectory& m_directory;
    IncidentTypeList& m_types;
    IncidentBoard& m_incidents;
    QComboBox* m_book;
    QComboBox* m_category;
    QComboBox* m_incident;
    QComboBox* m_priority;
    FactFields* m_facts;
    QLineEdit* m_camera;
    QLabel* m_cameraName;
    QPlainTextEdit* m_text;
    QLabel* m_message;
    QPushButton* m_save;
    QPushButton* m_open;
    incident::Shorthand m_marks;  ///< that the fields have followed
    bool m_cameraTyped = false;
    bool m_saving = false;
    int m_selectedCamera = 0;
    QTimer m_draftTimer;
};

}  // namespace leedswatch::ui

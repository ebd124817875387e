#pragma once

#include "ui/cameras/camera_directory.h"
#include "ui/log/draft_store.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace leedswatch::ui {

class IncidentTypeList;

/// Where a line of the log is written: category, camera, words. It holds no service: it asks for what it wants saved
/// and is told how that went. Until it is told, the words stay.
class EntryEditor final : public QWidget {
    Q_OBJECT

public:
    EntryEditor(CameraDirectory& directory, IncidentTypeList& types, QWidget* parent = nullptr);

    void setDraft(const Draft& draft);
    [[nodiscard]] Draft draft() const;
    /// Whether the draft has changed since draftChanged() last told it.
    [[nodiscard]] bool hasUntoldDraft() const { return m_draftTimer.isActive(); }
    /// The camera of the selected tile: taken over unless the operator has written one himself.
    void setSelectedCamera(int number);
    void focusText();
    /// The field that has the keyboard, of a line that has been begun; else null.
    [[nodiscard]] QWidget* fieldBeingWritten() const;

    void showSaving();
    /// `as`: "line 4711".
    void showSaved(const QString& as);
    void showRefusal(const QString& sentence);

Q_SIGNALS:
    void saveRequested(const leedswatch::ui::Draft& draft);
    /// Some time after the last change, not at every key.
    void draftChanged(const leedswatch::ui::Draft& draft);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fillTypes();
    void layOut();
    void connectAll();
    void edited();
    void save();
    void showCamera();
    void showMessage(const QString& text, bool isRefusal);

    CameraDirectory& m_directory;
    IncidentTypeList& m_types;
    QComboBox* m_category;
    QLineEdit* m_camera;
    QLabel* m_cameraName;
    QPlainTextEdit* m_text;
    QLabel* m_message;
    QPushButton* m_save;
    bool m_cameraTyped = false;
    bool m_saving = false;
    int m_selectedCamera = 0;
    QTimer m_draftTimer;
};

}  // namespace leedswatch::ui

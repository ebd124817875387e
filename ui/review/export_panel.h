#pragma once

#include "estate/camera.h"
#include "evidence/clip.h"
#include "ui/common/console_context.h"
#include "ui/review/timeline_view.h"

#include <QFrame>
#include <memory>
#include <optional>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace leedswatch::ui {

class ExportJob;
class ExportSummary;

/// Beside the picture: what is marked, what of it is there, where it goes, and how far it is. Nothing is locked while
/// it is open; an export goes on while the operator looks at something else.
class ExportPanel final : public QFrame {
    Q_OBJECT

public:
    ExportPanel(ConsoleContext& context, QWidget* parent);
    ~ExportPanel() override;

    void setCamera(const estate::Camera& camera);
    /// `timeline` is of the whole archive of the camera; null while it is being read.
    void setRange(std::optional<video::TimeRange> range, std::shared_ptr<const video::RecordedTimeline> timeline);
    /// Focus on what is to be done next.
    void focusNext();
    [[nodiscard]] bool isExporting() const;

public Q_SLOTS:
    void start();

Q_SIGNALS:
    void closeRequested();
    void exported(const QString& folder);

private:
    void layOut();
    void showRange();
    void showPrivacy();
    void chooseFolder();
    void showProgress(const evidence::ClipProgress& progress);
    void showResult(const base::Result<evidence::ClipReport>& report);
    void showDone(const evidence::ClipReport& report);
    void setExporting(bool exporting);
    [[nodiscard]] std::filesystem::path targetFolder() const;
    [[nodiscard]] QString rememberedFolder() const;
    void rememberFolder() const;

    ConsoleContext& m_context;
    estate::Camera m_camera;
    std::optional<video::TimeRange> m_range;
    std::shared_ptr<const video::RecordedTimeline> m_timeline;
    QString m_doneFolder;
    ExportJob* m_job = nullptr;

    ExportSummary* m_summary;
    QLabel* m_privacy;  ///< that the camera has privacy zones, and what that means here
    QLineEdit* m_folder;
    QPushButton* m_browse;
    QLabel* m_newFolder;
    QPushButton* m_startButton;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
    QLabel* m_status;
    QPushButton* m_openFolder;
};

}  // namespace leedswatch::ui

#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"

#include <QDialog>

namespace leedswatch::ui {

class QualityPane;
class TamperPane;

/// Whether one camera shows what it should, and how well: what kept it from seeing, and its picture's quality hour by
/// hour.
class CameraHealthDialog final : public QDialog {
    Q_OBJECT

public:
    CameraHealthDialog(ConsoleContext& context, const estate::Camera& camera, QWidget* parent);

    [[nodiscard]] TamperPane& tamper() const { return *m_tamper; }
    [[nodiscard]] QualityPane& quality() const { return *m_quality; }

Q_SIGNALS:
    void recordingRequested(int camera, leedswatch::base::UtcTime time);

private:
    TamperPane* m_tamper;
    QualityPane* m_quality;
};

}  // namespace leedswatch::ui

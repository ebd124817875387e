#include "ui/health/camera_health_dialog.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/health/quality_pane.h"
#include "ui/health/tamper_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace leedswatch::ui {
namespace {

constexpr QSize largest{1240, 820};
constexpr int roomAround = 40;

}  // namespace

CameraHealthDialog::CameraHealthDialog(ConsoleContext& context, const estate::Camera& camera, QWidget* parent)
    : QDialog{parent},
      m_tamper{new TamperPane{context, camera, this}},
      m_quality{new QualityPane{context, camera, this}} {
    setObjectName(QStringLiteral("cameraHealthDialog"));
    setWindowTitle(QStringLiteral("View and picture quality"));
    auto* heading =
        new QLabel{QStringLiteral("How well camera %1, %2, sees").arg(camera.number).arg(toQt(camera.name)), this};
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    auto* tabs = new QTabWidget{this};
    tabs->addTab(m_tamper, QStringLiteral("What kept it from seeing"));
    tabs->addTab(m_quality, QStringLiteral("Picture quality"));
    auto* close = new QPushButton{QStringLiteral("Close"), this};
    close->setDefault(true);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addWidget(tabs, 1);
    layout->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_tamper, &TamperPane::recordingRequested, this, [this, number = camera.number](base::UtcTime time) {
        accept();
        Q_EMIT recordingRequested(number, time);
    });
    const QSize room = parentWidget() == nullptr ? largest : parentWidget()->window()->size();
    resize(largest.boundedTo(room - QSize{roomAround, roomAround}));
}

}  // namespace leedswatch::ui

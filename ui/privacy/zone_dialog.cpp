#include "ui/privacy/zone_dialog.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/common/zone_canvas.h"
#include "ui/privacy/privacy_guard.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

std::vector<CanvasZone> drawnFrom(const std::vector<estate::PrivacyZone>& zones) {
    std::vector<CanvasZone> drawn;
    for (const estate::PrivacyZone& zone : zones) {
        drawn.push_back({zone.corners, ZoneLook::Hidden});
    }
    return drawn;
}

std::vector<estate::PrivacyZone> zonesFrom(const std::vector<CanvasZone>& drawn) {
    std::vector<estate::PrivacyZone> zones;
    for (const CanvasZone& zone : drawn) {
        zones.push_back({zone.corners});
    }
    return zones;
}

}  // namespace

ZoneDialog::ZoneDialog(ConsoleContext& context, const estate::Camera& camera, CameraStill::Source still,
                       QWidget* parent)
    : QDialog{parent},
      m_context{context},
      m_camera{camera},
      m_canvas{new ZoneCanvas{this}},
      m_still{new CameraStill{context.privacy, camera.id, std::move(still), this}},
      m_state{new QLabel{this}},
      m_message{new QLabel{this}},
      m_remove{new QPushButton{QStringLiteral("Take the chosen zone away"), this}},
      m_save{new QPushButton{QStringLiteral("Save"), this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("zoneDialog"));
    setWindowTitle(QStringLiteral("Privacy zones"));
    m_message->setObjectName(QStringLiteral("zoneMessageLabel"));
    m_save->setObjectName(QStringLiteral("saveZonesPushButton"));
    layOut();
    connect(m_canvas, &ZoneCanvas::zonesChanged, this, &ZoneDialog::showState);
    connect(m_remove, &QPushButton::clicked, m_canvas, &ZoneCanvas::removeChosen);
    connect(m_save, &QPushButton::clicked, this, &ZoneDialog::save);
    connect(m_still, &CameraStill::came, m_canvas, &ZoneCanvas::setStill);
    connect(&context.privacy, &PrivacyGuard::changed, this, &ZoneDialog::showState);
    loadZones();
    m_still->load();
}

void ZoneDialog::layOut() {
    auto* heading = new QLabel{
        QStringLiteral("Privacy zones of camera %1, %2").arg(m_camera.number).arg(toQt(m_camera.name)), this};
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    auto* hint = new QLabel{
        QStringLiteral("Click to set the corners of a zone, double-click to close it. Drag a corner to move it. What "
                       "lies in a zone is hidden at every desk, live and recorded."),
        this};
    hint->setWordWrap(true);
    theme::setLabelKind(*hint, theme::LabelKind::Dim);
    theme::setLabelKind(*m_state, theme::LabelKind::Dim);
    m_state->setWordWrap(true);
    theme::setLabelKind(*m_message, theme::LabelKind::Refusal);
    m_message->setWordWrap(true);
    m_message->hide();
    for (QPushButton* button : {m_remove, m_save}) {
        button->setAutoDefault(false);
    }
    auto* cancel = new QPushButton{QStringLiteral("Cancel"), this};
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    theme::setButtonKind(*m_save, theme::ButtonKind::Primary);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_remove);
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_save);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addWidget(hint);
    layout->addWidget(m_canvas, 1);
    layout->addWidget(m_state);
    layout->addWidget(m_message);
    layout->addLayout(foot);
}

void ZoneDialog::loadZones() {
    const SharedMask mask = m_context.privacy.maskForKeeping(m_camera.id);
    m_canvas->setZones(mask ? drawnFrom(mask->zones()) : std::vector<CanvasZone>{});
    if (!mask) {
        m_message->setText(m_context.privacy.problem(m_camera.id) +
                           QStringLiteral(" Draw them anew: what you save takes their place."));
        m_message->show();
    }
}

void ZoneDialog::showState() {
    const auto count = m_canvas->zones().size();
    QString text = count == 0   ? QStringLiteral("No zones.")
                   : count == 1 ? QStringLiteral("1 zone.")
                                : QStringLiteral("%1 zones.").arg(count);
    if (m_canvas->isDrawing()) {
        text = QStringLiteral("Double-click or Enter closes the zone, Backspace takes its last corner away.");
    } else if (m_context.privacy.liftedFor(m_camera.id)) {
        text += QStringLiteral(" The zones are lifted for the moment, so the picture is whole.");
    } else if (m_context.privacy.hasZones(m_camera.id)) {
        text +=
            QStringLiteral(" To see what they hide, close this and lift them first (U): that takes a second person.");
    }
    m_state->setText(text);
    m_remove->setEnabled(m_canvas->chosen().has_value());
    m_save->setEnabled(!m_canvas->isDrawing());
}

void ZoneDialog::save() {
    m_save->setEnabled(false);
    m_message->hide();
    m_worker.run(
        [&zones = m_context.privacy.zones(), acting = m_context.acting, camera = m_camera,
         drawn = zonesFrom(m_canvas->zones())] { return zones.set(acting, camera, drawn); },
        [this](const base::Result<void>& saved) {
            if (saved) {
                accept();
                return;
            }
            m_save->setEnabled(true);
            const QString advice = whatToDo(saved.error().code);
            m_message->setText(sentenceOf(saved.error()) + (advice.isEmpty() ? QString{} : QLatin1Char{' '} + advice));
            m_message->show();
        });
}

}  // namespace leedswatch::ui

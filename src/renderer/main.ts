import './withoutEval'
import { mount } from 'svelte'
import { assertExists } from '../shared/assert'
import './app.css'
import App from './App.svelte'
import { connect } from './client/connect'
import AppFrame from './frame/AppFrame.svelte'

mount(App, {
  target: assertExists(document.getElementById('app'), '#app'),
  props: { connect, Frame: AppFrame },
})
